package io.vestibule.http;

import io.vestibule.access.Reason;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The open streams of audit records of all loops: bounded, counted, and ended with the gateway. */
@AnyThread
final class Streams {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** How a stream is written; each is a tag's value. */
  enum Kind {
    NDJSON,
    EVENTS;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why a stream ended; each is a tag's value. */
  enum End {
    /** It was written as a whole. */
    FINISHED,
    /** The reader left. */
    CLOSED,
    /** The reader took nothing for too long. */
    UNREAD,
    /** The token expired. */
    EXPIRED,
    /** The building is no longer the reader's, or is no more. */
    REVOKED,
    /** The gateway stops. */
    DRAINED,
    STORE_UNAVAILABLE,
    /** A bug. */
    ERROR;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final int countMax;
  private final Meters meters;
  // One for each stream, so at most countMax.
  private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean draining;

  Streams(int countMax, Meters meters) {
    this.countMax = countMax;
    this.meters = meters;
    for (Kind kind : Kind.values()) {
      meters.gauge(Gauge.STREAMS_OPEN, kind.code(), () -> count(kind));
    }
  }

  /** Takes a place, to be left by {@link #left}; refuses where there is none. */
  void enter(OpenStream stream) {
    if (draining || !placeTaken()) {
      meters.count(Count.STREAMS_REFUSED);
      throw new Refusal(Problem.of(Reason.OVERLOADED, "Too many streams are open.", RETRY_AFTER));
    }
    open.add(stream);
    if (draining) {
      stream.drain(); // It came while the others were being ended.
    }
  }

  void left(OpenStream stream, End cause) {
    if (open.remove(stream)) {
      count.decrementAndGet();
      meters.count(Count.STREAMS_ENDED, cause.code());
    }
  }

  /** Ends every stream, each on its own loop, and lets none be opened. */
  void drain() {
    draining = true;
    open.forEach(OpenStream::drain);
  }

  private boolean placeTaken() {
    boolean taken = count.incrementAndGet() <= countMax;
    if (!taken) {
      count.decrementAndGet();
    }
    return taken;
  }

  private long count(Kind kind) {
    return open.stream().filter(stream -> stream.kind() == kind).count();
  }
}
