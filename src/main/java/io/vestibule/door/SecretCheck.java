package io.vestibule.door;

import io.vertx.core.Future;
import io.vestibule.directory.DoorEntry;

/** Whether a password is the door's secret. */
@FunctionalInterface
public interface SecretCheck {
  /** False also for a door without a secret; never blocks the caller's loop; never fails. */
  Future<Boolean> matches(DoorEntry door, byte[] password);
}
