package io.vestibule.load.faults;

/** When a fault was there, on the clock of the couriers. */
record Spell(FaultKind kind, long fromNanos, long untilNanos) {}
