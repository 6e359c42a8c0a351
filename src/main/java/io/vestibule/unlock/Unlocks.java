package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.access.UnlockId;
import io.vestibule.grant.Attempt;
import java.util.Optional;

/** Carries unlocks through their stages. All methods may be called on any event loop. */
public interface Unlocks {
  /**
   * Verifies, decides, claims and commands. Completes once the attempt is on record or refused, on
   * the caller's context; fails only on a bug: an unavailable store is {@code store_unavailable}.
   */
  Future<Answer> unlock(Submission submission);

  /** The attempt on record. Fails only with {@link io.vestibule.store.StoreUnavailable}. */
  Future<Optional<Attempt>> find(UnlockId unlock);

  /**
   * Puts an ack on record that changes nothing any more; fails only with {@link
   * io.vestibule.store.StoreUnavailable}, after a minute.
   */
  Future<Void> lateAck(LateAck ack);

  /** A lockdown may be in force somewhere: what is claimed and not yet commanded looks again. */
  void lockdownChanged();

  /** Attempts underway on this node. */
  int inFlightCount();
}
