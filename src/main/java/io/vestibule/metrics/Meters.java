package io.vestibule.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vestibule.concurrent.AnyThread;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of the catalogue, all registered at the start so that a rate of nothing is 0. */
@AnyThread
public final class Meters {
  private final MeterRegistry registry;
  private final Map<Count, Map<String, Counter>> counters = new EnumMap<>(Count.class);
  private final Timer unlockDuration;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    for (Count count : Count.values()) {
      counters.put(count, register(count));
    }
    unlockDuration =
        Timer.builder("vestibule.unlock.duration")
            .description("From the request's arrival to its answer")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10))
            .register(registry);
  }

  public void count(Count what) {
    counter(what, "").increment();
  }

  /** The value is one of the count's own, or empty where it has none; any other is a bug. */
  public Tally tally(Count what, String tagValue) {
    return counter(what, tagValue)::increment;
  }

  /** The value is one of the count's own; any other is a bug. */
  public void count(Count what, String tagValue) {
    counter(what, tagValue).increment();
  }

  /** Counts several at once. */
  public void count(Count what, String tagValue, int times) {
    counter(what, tagValue).increment(times);
  }

  public void unlockTook(Duration duration) {
    unlockDuration.record(duration);
  }

  /** A value read at each scrape. */
  public void gauge(Gauge what, Supplier<Number> value) {
    if (!what.tagValues().isEmpty()) {
      throw new IllegalArgumentException(what + " needs a value of " + what.tag());
    }
    builder(what, value).register(registry);
  }

  /** As {@link #gauge(Gauge, Supplier)}; the tag's value is one of its own, any other is a bug. */
  public void gauge(Gauge what, String tagValue, Supplier<Number> value) {
    if (!what.tagValues().contains(tagValue)) {
      throw new IllegalArgumentException(what + " has no value " + tagValue);
    }
    builder(what, value).tag(what.tag(), tagValue).register(registry);
  }

  private Counter counter(Count what, String tagValue) {
    Map<String, Counter> byTag = counters.get(what);
    Counter counter = byTag == null ? null : byTag.get(tagValue);
    if (counter == null) {
      throw new IllegalArgumentException(what + " has no value " + tagValue);
    }
    return counter;
  }

  private Map<String, Counter> register(Count count) {
    Map<String, Counter> byTag = new HashMap<>();
    if (count.tagValues().isEmpty()) {
      byTag.put("", builder(count).register(registry));
    }
    for (String value : count.tagValues()) {
      byTag.put(value, builder(count).tag(count.tag(), value).register(registry));
    }
    return byTag;
  }

  private static io.micrometer.core.instrument.Gauge.Builder<Supplier<Number>> builder(
      Gauge gauge, Supplier<Number> value) {
    return io.micrometer.core.instrument.Gauge.builder(gauge.meterName(), value)
        .description(gauge.description())
        .strongReference(true);
  }

  private static Counter.Builder builder(Count count) {
    return Counter.builder(count.meterName()).description(count.description());
  }
}
