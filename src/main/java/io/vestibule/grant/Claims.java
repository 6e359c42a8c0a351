package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.UnlockId;
import java.util.Optional;

/**
 * Claims visits for attempts and closes them, each in one script. Every future fails only with
 * {@link io.vestibule.store.StoreUnavailable} and completes on the caller's context.
 */
public interface Claims {
  /**
   * The id of the attempt that this courier makes with this {@code jti} in this building: always
   * the same for the same three.
   */
  UnlockId unlockId(BuildingId building, CourierId courier, String jti);

  /** Counts a visit and records the attempt, or tells why not, or which attempt is on record. */
  Future<ClaimResult> claim(Claim claim);

  /**
   * Closes a pending attempt; of several outcomes the first stands. {@code Refused} closes what was
   * claimed here alone: of the same bytes claimed by another gateway meanwhile it says nothing.
   *
   * @return the outcome on record, which may be another's; unknown while another has yet to close
   */
  Future<Outcome> close(Attempt attempt, Outcome outcome);

  /** The attempt on record, kept for 24 h after it ended. */
  Future<Optional<Attempt>> attempt(UnlockId unlock);

  /** The attempt on record that the courier made with this {@code jti}, in whichever building. */
  Future<Optional<Attempt>> attempt(CourierId courier, String jti);
}
