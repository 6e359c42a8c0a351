package io.vestibule.load.faults;

/** When a fault was there, on the clock of the couriers. */
record Spell(FaultKind kind, long fromNanos, long untilNanos) {
  /** A gateway that is away is another's work at once; all else must come back first. */
  long recoversFromNanos() {
    return kind.takenOver() ? fromNanos : untilNanos;
  }
}
