package io.vestibule.load.faults;

import java.util.Optional;
import java.util.Set;

/**
 * What a courier heard of one try.
 *
 * @param outcome {@code opened}, {@code pending}, a reason, or {@code lost} when nothing came
 * @param state of the attempt, where the answer names one
 * @param unlock the attempt's id, where it was told
 * @param replayed whether it is said to be the record of an earlier try
 * @param atNanos when it came
 */
record Answer(
    String outcome, String state, Optional<String> unlock, boolean replayed, long atNanos) {
  private static final String LOST = "lost";
  private static final String STORE_UNAVAILABLE = "store_unavailable";
  private static final String REFUSED = "refused";

  /** After these the attempt may or may not be on record, or may come to be by another try. */
  private static final Set<String> OPEN =
      Set.of(LOST, "pending", STORE_UNAVAILABLE, "overloaded", "door_offline");

  /** After these the door has opened, or may have. */
  private static final Set<String> PERHAPS_OPENED =
      Set.of(LOST, "pending", "opened", "door_timed_out");

  static Answer lost(long atNanos) {
    return new Answer(LOST, "", Optional.empty(), false, atNanos);
  }

  /** Whether another try with the same bytes makes sense. */
  boolean worthAnotherTry() {
    return OPEN.contains(outcome) && !state.equals(REFUSED);
  }

  /** Which closing record this answer stands for; empty if it says nothing of one. */
  Optional<String> closing() {
    if (opened()) {
      return Optional.of("opened");
    }
    if (outcome.equals("door_timed_out")) {
      return Optional.of("unknown");
    }
    return state.equals(REFUSED) ? Optional.of(REFUSED) : Optional.empty();
  }

  boolean opened() {
    return outcome.equals("opened");
  }

  /** The door did not open for this try, and that is for sure. */
  boolean surelyClosed() {
    boolean unsure = outcome.equals(STORE_UNAVAILABLE) && !state.equals(REFUSED);
    return !PERHAPS_OPENED.contains(outcome) && !unsure;
  }
}
