package io.vestibule.app.log;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many lines each source may write in a stretch of time; what is more is counted. */
@AnyThread
final class LineLimit {
  static final int LINES_MAX = 20;
  static final Duration STRETCH = Duration.ofSeconds(10);

  /** Sources are loggers, and so as many as there are classes; past this they share one. */
  private static final int SOURCES_MAX = 1_000;

  private static final String OTHERS = "";

  private final Time time;
  private final ConcurrentHashMap<String, Stretch> stretches = new ConcurrentHashMap<>();

  /** What one source did since its stretch began; {@code toldCount} was left out before it. */
  private record Stretch(long begunNanos, long lineCount, long toldCount) {
    long leftOut() {
      return Math.max(0, lineCount - LINES_MAX);
    }

    boolean full() {
      return lineCount > LINES_MAX;
    }
  }

  LineLimit(Time time) {
    this.time = time;
  }

  /** Empty if the line is left out; else how many were left out since the last that was told. */
  OptionalLong admit(String source) {
    Stretch now = stretches.compute(known(source), (name, before) -> next(before));
    if (now.full()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(now.lineCount() == 1 ? now.toldCount() : 0);
  }

  /** What was left out and not told yet, by source; told with this. */
  Map<String, Long> untold() {
    Map<String, Long> untold = new HashMap<>();
    stretches.forEach(
        (source, stretch) -> {
          if (stretch.full() && stretches.remove(source, stretch)) {
            untold.put(source, stretch.leftOut());
          }
        });
    return untold;
  }

  private Stretch next(@Nullable Stretch before) {
    long now = time.nanoTime();
    // Subtract before comparing: nanoTime may wrap.
    if (before == null || now - before.begunNanos() >= STRETCH.toNanos()) {
      return new Stretch(now, 1, before == null ? 0 : before.leftOut());
    }
    return new Stretch(before.begunNanos(), before.lineCount() + 1, before.toldCount());
  }

  private String known(String source) {
    return stretches.containsKey(source) || stretches.size() < SOURCES_MAX ? source : OTHERS;
  }
}
