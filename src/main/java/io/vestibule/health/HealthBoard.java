package io.vestibule.health;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.time.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at every dependency, in memory alone, and remembers since when each is as it is. */
@AnyThread
public final class HealthBoard {
  private final Time time;
  private final Map<Dependency, Supplier<Standing>> sources;
  private final ConcurrentHashMap<Dependency, Health.Seen> seen = new ConcurrentHashMap<>();

  /** Each dependency has a source, which answers at once and from any thread. */
  public HealthBoard(Time time, Map<Dependency, Supplier<Standing>> sources) {
    Set<Dependency> missing = EnumSet.allOf(Dependency.class);
    missing.removeAll(sources.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("no source for " + missing);
    }
    this.time = time;
    this.sources = Map.copyOf(sources);
  }

  /** To be called every now and then too: what changes is dated by the look that sees it. */
  public Health look() {
    List<Health.Seen> all = new ArrayList<>();
    for (Dependency dependency : Dependency.values()) {
      // Asked within the update, so that of two looks the later one's answer stays.
      all.add(seen.compute(dependency, this::updated));
    }
    return new Health(all);
  }

  private Health.Seen updated(Dependency dependency, Health.@Nullable Seen before) {
    Standing now = source(dependency).get();
    Instant since =
        before == null || before.standing().state() != now.state() ? time.now() : before.since();
    return new Health.Seen(dependency, now, since);
  }

  private Supplier<Standing> source(Dependency dependency) {
    return Objects.requireNonNull(sources.get(dependency));
  }
}
