package io.vestibule.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vestibule.concurrent.AnyThread;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of the catalogue. All but gauges are registered at the start, so that a rate of
 * nothing is 0; a value that its tag does not have is a bug and throws.
 */
@AnyThread
public final class Meters {
  private static final Logger LOG = LoggerFactory.getLogger(Meters.class);

  private final MeterRegistry registry;
  private final Map<Count, Map<List<String>, Counter>> counters;
  private final Map<Timing, Map<List<String>, Timer>> timers;
  private final Map<Distribution, Map<List<String>, DistributionSummary>> distributions;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    counters = registered(Count.class, this::counter);
    timers = registered(Timing.class, this::timer);
    distributions = registered(Distribution.class, this::distribution);
  }

  /** One more; the values are those of the count's tags, in their order. */
  public void count(Count what, String... values) {
    series(counters, what, values).increment();
  }

  /** Several at once of a count with one tag. */
  public void count(Count what, String value, int times) {
    series(counters, what, value).increment(times);
  }

  public Tally tally(Count what, String... values) {
    return series(counters, what, values)::increment;
  }

  public void took(Timing what, Duration duration, String... values) {
    series(timers, what, values).record(duration);
  }

  public Stopwatch stopwatch(Timing what, String... values) {
    Timer timer = series(timers, what, values);
    return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** One observation, in the unit of what is measured; not negative. */
  public void observed(Distribution what, double amount) {
    series(distributions, what).record(amount);
  }

  /**
   * A value read at each scrape, on the scraper's thread: it must not wait. One that throws is a
   * bug, told once, and reads as NaN; the others are shown all the same.
   */
  public void gauge(Gauge what, Supplier<Number> value, String... values) {
    if (!what.spec().takes(List.of(values))) {
      throw unknown(what, values);
    }
    io.micrometer.core.instrument.Gauge.builder(what.spec().name(), guarded(what, value))
        .description(what.spec().description())
        .baseUnit(unit(what))
        .tags(tags(what, List.of(values)))
        .strongReference(true)
        .register(registry);
  }

  private static Supplier<Number> guarded(Gauge what, Supplier<Number> value) {
    AtomicBoolean told = new AtomicBoolean();
    return () -> {
      try {
        return value.get();
      } catch (RuntimeException bug) {
        if (told.compareAndSet(false, true)) {
          LOG.error("{} cannot be read", what.spec().name(), bug);
        }
        return Double.NaN;
      }
    };
  }

  private Counter counter(Metric what, Tags tags) {
    return Counter.builder(what.spec().name())
        .description(what.spec().description())
        .tags(tags)
        .register(registry);
  }

  private Timer timer(Timing what, Tags tags) {
    return Timer.builder(what.spec().name())
        .description(what.spec().description())
        .serviceLevelObjectives(what.buckets().toArray(Duration[]::new))
        .tags(tags)
        .register(registry);
  }

  private DistributionSummary distribution(Distribution what, Tags tags) {
    return DistributionSummary.builder(what.spec().name())
        .description(what.spec().description())
        .baseUnit(unit(what))
        .serviceLevelObjectives(what.buckets().stream().mapToDouble(Double::doubleValue).toArray())
        .tags(tags)
        .register(registry);
  }

  private static <K extends Enum<K> & Metric, M extends Meter>
      Map<K, Map<List<String>, M>> registered(Class<K> kind, BiFunction<K, Tags, M> register) {
    Map<K, Map<List<String>, M>> all = new EnumMap<>(kind);
    for (K what : kind.getEnumConstants()) {
      Map<List<String>, M> bySeries = new HashMap<>();
      what.spec().rows().forEach(row -> bySeries.put(row, register.apply(what, tags(what, row))));
      all.put(what, Map.copyOf(bySeries));
    }
    return all;
  }

  private static <K extends Metric, M> M series(
      Map<K, Map<List<String>, M>> all, K what, String... values) {
    Map<List<String>, M> bySeries = all.get(what);
    M meter = bySeries == null ? null : bySeries.get(List.of(values));
    if (meter == null) {
      throw unknown(what, values);
    }
    return meter;
  }

  private static IllegalArgumentException unknown(Metric what, String... values) {
    return new IllegalArgumentException(what + " has no series " + List.of(values));
  }

  private static Tags tags(Metric what, List<String> values) {
    Tags tags = Tags.empty();
    for (int index = 0; index < values.size(); index++) {
      tags = tags.and(what.spec().tags().get(index).key(), values.get(index));
    }
    return tags;
  }

  private static @Nullable String unit(Metric what) {
    return what.spec().unit() == Unit.NONE ? null : what.spec().unit().suffix();
  }
}
