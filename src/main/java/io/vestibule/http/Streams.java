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

  /** Of up to a mebibyte each, until their readers have taken them. */
  private static final int PAGE_COUNT_MAX = 64;

  private final Places places;
  private final Places pages = new Places(PAGE_COUNT_MAX);
  private final Meters meters;
  // One for each stream, so at most countMax.
  private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  Streams(int countMax, Meters meters) {
    this.places = new Places(countMax);
    this.meters = meters;
    for (Kind kind : Kind.values()) {
      meters.gauge(Gauge.STREAMS_OPEN, () -> count(kind), kind.code());
    }
  }

  /** Takes a place, to be left by {@link #left}; refuses where there is none. */
  void enter(OpenStream stream) {
    if (draining || !places.take(stream.reader())) {
      throw refused("Too many streams are open.");
    }
    open.add(stream);
    if (draining) {
      stream.drain(); // It came while the others were being ended.
    }
  }

  void left(OpenStream stream, End cause) {
    if (open.remove(stream)) {
      places.leave(stream.reader());
      meters.count(Count.STREAMS_ENDED, cause.code());
    }
  }

  /** Ends every stream, each on its own loop, and lets none be opened. */
  void drain() {
    draining = true;
    open.forEach(OpenStream::drain);
  }

  /** Takes a place for one page, to be left by {@link #pageTaken}; refuses where there is none. */
  void enterPage(String reader) {
    if (!pages.take(reader)) {
      throw refused("Too many pages are being read.");
    }
  }

  /** The page has gone to its reader, or the reader has gone. */
  void pageTaken(String reader) {
    pages.leave(reader);
  }

  private Refusal refused(String detail) {
    meters.count(Count.STREAMS_REFUSED);
    return new Refusal(Problem.of(Reason.OVERLOADED, detail, RETRY_AFTER));
  }

  private long count(Kind kind) {
    return open.stream().filter(stream -> stream.kind() == kind).count();
  }
}
