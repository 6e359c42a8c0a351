package io.vestibule.load.faults;

import java.time.Duration;
import java.util.Set;

/**
 * How a run is made.
 *
 * @param seed draws faults, doors and what doors do; the machine's own timing stays random
 * @param rate couriers a second
 * @param kinds what may break
 * @param quick whether faults are short
 */
public record Plan(
    Duration lasting, long seed, int doors, int rate, Set<FaultKind> kinds, boolean quick) {}
