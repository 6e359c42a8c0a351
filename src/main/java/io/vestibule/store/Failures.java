package io.vestibule.store;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what Redis fails at and says what mends it, so that no cause hides another. */
@AnyThread
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);
  private static final int LOGGED_LENGTH_MAX = 300;

  /** An outage brings thousands of failures. */
  private static final Duration LOGGED_EVERY = Duration.ofSeconds(5);

  /** How long an error that bears on all commands is told of: they may be rare. */
  private static final Duration OF_LATE = Duration.ofSeconds(10);

  /** What the connection itself tells of, or what is no fault of Redis as a whole. */
  private static final Set<FailureCause> NOT_OF_REDIS =
      EnumSet.of(
          FailureCause.UNREACHABLE,
          FailureCause.TIMED_OUT,
          FailureCause.WRONG_TYPE,
          FailureCause.UNREADABLE,
          FailureCause.SCRIPT_FAILED,
          FailureCause.SCRIPT_KILLED,
          FailureCause.CLOSED);

  private final String endpoints;
  private final Time time;
  private final Meters meters;
  private final Map<FailureCause, LimitedLog> logs = new EnumMap<>(FailureCause.class);
  private volatile Optional<Late> latest = Optional.empty();

  private record Late(FailureCause cause, long nanos) {}

  Failures(String endpoints, Time time, Meters meters) {
    this.endpoints = endpoints;
    this.time = time;
    this.meters = meters;
    for (FailureCause cause : FailureCause.values()) {
      logs.put(cause, new LimitedLog(LOG, time, LOGGED_EVERY));
    }
  }

  /** The failure as it is told to whoever asked. */
  StoreUnavailable of(String operation, Throwable cause) {
    StoreUnavailable failure = new StoreUnavailable(operation, cause);
    meters.count(Count.STORE_FAILURES, failure.why().code());
    if (!NOT_OF_REDIS.contains(failure.why())) {
      latest = Optional.of(new Late(failure.why(), time.nanoTime()));
    }
    LimitedLog log = logs.get(failure.why());
    if (log != null) {
      log.warn(() -> line(failure));
    }
    return failure;
  }

  /** What Redis answered to commands of late that it would answer to others too. */
  Optional<FailureCause> ofLate() {
    // Subtract before comparing: nanoTime may wrap.
    return latest
        .filter(late -> time.nanoTime() - late.nanos() < OF_LATE.toNanos())
        .map(Late::cause);
  }

  private String line(StoreUnavailable failure) {
    return "redis at %s failed, %s: %s (%s)"
        .formatted(
            endpoints,
            failure.why().code(),
            failure.why().remedy(),
            printable(failure.getMessage()));
  }

  /** An error may quote what strangers wrote. */
  static String printable(@Nullable String message) {
    String text = String.valueOf(message);
    return text.substring(0, Math.min(text.length(), LOGGED_LENGTH_MAX))
        .replaceAll("\\p{Cntrl}", "?");
  }
}
