package io.vestibule.store;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Stopwatch;
import io.vestibule.metrics.Tag;
import io.vestibule.metrics.Tally;
import io.vestibule.metrics.Timing;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How often each command and each script fails, and how long it takes. */
@AnyThread
final class Operations {
  private static final String OTHER = "other";

  /** By the command as it is sent and by the script's name, so that no call makes a text. */
  private final Map<String, Operation> byName;

  private final Operation other;

  /** The series of one of them. */
  record Operation(Stopwatch took, Tally failed) {}

  Operations(Meters meters) {
    Map<String, Operation> all = new HashMap<>();
    for (String name : Tag.OPERATION.all()) {
      Operation operation = operation(meters, name);
      all.put(name, operation);
      all.put(name.toUpperCase(Locale.ROOT), operation);
    }
    this.byName = Map.copyOf(all);
    this.other = operation(meters, OTHER);
  }

  /** What has no series of its own is told together with its like. */
  Operation of(String name) {
    return byName.getOrDefault(name, other);
  }

  private static Operation operation(Meters meters, String name) {
    return new Operation(
        meters.stopwatch(Timing.STORE_OPERATION_DURATION, name),
        meters.tally(Count.STORE_OPERATIONS_FAILED, name));
  }
}
