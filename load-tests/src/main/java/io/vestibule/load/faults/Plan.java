package io.vestibule.load.faults;

import java.time.Duration;

/**
 * How a run is made.
 *
 * @param seed draws faults, doors and what doors do; the machine's own timing stays random
 * @param rate couriers a second
 */
public record Plan(Duration lasting, long seed, int doors, int rate, boolean quick) {}
