package io.vestibule.store;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
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

  private final String endpoints;
  private final Meters meters;
  private final Map<FailureCause, LimitedLog> logs = new EnumMap<>(FailureCause.class);

  Failures(String endpoints, Time time, Meters meters) {
    this.endpoints = endpoints;
    this.meters = meters;
    for (FailureCause cause : FailureCause.values()) {
      logs.put(cause, new LimitedLog(LOG, time, LOGGED_EVERY));
    }
  }

  /** The failure as it is told to whoever asked. */
  StoreUnavailable of(String operation, Throwable cause) {
    StoreUnavailable failure = new StoreUnavailable(operation, cause);
    meters.count(Count.STORE_FAILURES, failure.why().code());
    LimitedLog log = logs.get(failure.why());
    if (log != null) {
      log.warn(() -> line(failure));
    }
    return failure;
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
