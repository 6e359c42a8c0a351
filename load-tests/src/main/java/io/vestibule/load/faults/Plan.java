package io.vestibule.load.faults;

import io.vestibule.load.stage.KeptRedis;
import java.time.Duration;
import java.util.Set;

/**
 * How a run is made.
 *
 * @param seed draws faults, doors and what doors do; the machine's own timing stays random
 * @param rate couriers a second
 * @param kinds what may break
 * @param fsync when Redis syncs its file
 * @param quick whether faults are short
 */
public record Plan(
    Duration lasting,
    long seed,
    int doors,
    int rate,
    Set<FaultKind> kinds,
    KeptRedis.Fsync fsync,
    boolean quick) {}
