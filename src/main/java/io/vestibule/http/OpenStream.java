package io.vestibule.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vestibule.access.Building;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.directory.Directory;
import io.vestibule.http.Streams.End;
import io.vestibule.http.Streams.Kind;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer that goes on: written as fast as it is read, for as long as the caller may read it. It
 * ends once, whatever ends it, and what comes later finds it ended.
 */
@LoopConfined
final class OpenStream {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStream.class);
  private static final Buffer HEARTBEAT = Buffer.buffer(": heartbeat\n\n");

  // The library's own bound counts writes, whatever their size.
  private static final int WAITING_BYTES_MAX = 64 * 1024;

  /** What a reader must take for its deadline to begin anew. */
  private static final int SLICE_BYTES_MAX = 16 * 1024;

  /** What all streams of one loop stand on. */
  record Parts(
      Vertx vertx,
      Streams streams,
      Directory directory,
      Meters meters,
      Time time,
      StreamLimits limits) {}

  /** Who reads what. */
  record Right(Caller caller, Building building) {
    boolean holds(Optional<Building> now) {
      return now.filter(building -> caller.owns(building.manager())).isPresent();
    }
  }

  private final Parts parts;
  private final Kind kind;
  private final Right right;
  private final HttpServerResponse response;
  private final Call call;
  private final Loop loop = Loop.current();
  private final long lookTimer;
  private long laterTimer = -1;
  private Deadline heartbeat;
  private @Nullable Deadline unread;
  private Runnable onDrained = () -> {};
  private Runnable onEnd = () -> {};
  private int waitingBytes;
  private boolean checking;
  private boolean ended;

  private OpenStream(Parts parts, Kind kind, Right right, Call call, String contentType) {
    this.parts = parts;
    this.kind = kind;
    this.right = right;
    this.call = call;
    parts.streams().enter(this);
    response = call.begin(contentType);
    heartbeat = parts.time().deadlineIn(parts.limits().heartbeat());
    lookTimer = parts.vertx().setPeriodic(parts.limits().look().toMillis(), fired -> look());
    response.closeHandler(closed -> end(End.CLOSED));
    response.exceptionHandler(lost -> end(End.CLOSED));
  }

  /** Begins the answer; refused where too many are open. */
  static OpenStream open(Parts parts, Kind kind, Right right, Call call, String contentType) {
    return new OpenStream(parts, kind, right, call, contentType);
  }

  /** Whose token it was opened with. */
  String reader() {
    return right.caller().name();
  }

  Kind kind() {
    return kind;
  }

  boolean ended() {
    return ended;
  }

  /** More than the bound waits to be read; the writer is to wait for {@link #whenDrained}. */
  boolean full() {
    return unread != null;
  }

  /** Runs once the reader has caught up, at once if it has; the latest asked for alone. */
  void whenDrained(Runnable next) {
    if (full()) {
      onDrained = next;
    } else {
      next.run();
    }
  }

  /** Runs after a while unless the stream has ended; one at a time. */
  void later(Duration wait, Runnable next) {
    laterTimer = parts.vertx().setTimer(wait.toMillis(), fired -> next.run());
  }

  /** Runs when the stream ends, for whatever cause. */
  void whenEnded(Runnable last) {
    onEnd = last;
  }

  /** Bytes with so many records. */
  void write(Buffer bytes, int recordCount) {
    loop.check();
    if (ended) {
      return;
    }
    parts.meters().count(Count.AUDIT_RECORDS_SERVED, kind.code(), recordCount);
    for (int from = 0; from < bytes.length(); from += SLICE_BYTES_MAX) {
      writeSlice(bytes.slice(from, Math.min(bytes.length(), from + SLICE_BYTES_MAX)));
    }
    if (unread == null && waitingBytes > WAITING_BYTES_MAX) {
      unread = parts.time().deadlineIn(parts.limits().unreadMax());
    }
  }

  /** A failure that nobody foresaw. */
  void fail(Throwable bug) {
    parts.meters().count(Count.HTTP_BUGS);
    LOG.error("A stream met a bug", bug);
    end(End.ERROR);
  }

  /** May be called from anywhere. */
  void drain() {
    loop.post(() -> end(End.DRAINED));
  }

  void end(End cause) {
    loop.check();
    if (ended) {
      return;
    }
    ended = true;
    parts.vertx().cancelTimer(lookTimer);
    parts.vertx().cancelTimer(laterTimer);
    parts.streams().left(this, cause);
    onEnd.run();
    if (cause != End.CLOSED) {
      stop(cause);
    }
  }

  private void writeSlice(Buffer slice) {
    waitingBytes += slice.length();
    response
        .write(slice)
        .onComplete(
            written -> {
              waitingBytes -= slice.length();
              taken();
            });
  }

  /** The reader has taken a slice. */
  private void taken() {
    if (unread == null) {
      return;
    }
    if (waitingBytes > 0) {
      unread = parts.time().deadlineIn(parts.limits().unreadMax());
    } else {
      drained();
    }
  }

  private void look() {
    if (!parts.time().now().isBefore(right.caller().expiresAt())) {
      end(End.EXPIRED);
    } else if (unread != null && unread.passed()) {
      end(End.UNREAD);
    } else {
      beat();
      recheck();
    }
  }

  private void beat() {
    if (kind == Kind.EVENTS && heartbeat.passed() && !full()) {
      heartbeat = parts.time().deadlineIn(parts.limits().heartbeat());
      write(HEARTBEAT, 0);
    }
  }

  /** Without an answer nothing is known; nor is there anything to read then. */
  private void recheck() {
    if (checking || ended) {
      return;
    }
    checking = true;
    parts
        .directory()
        .building(right.building().id())
        .onComplete(
            (found, gone) -> {
              checking = false;
              if (gone == null && !right.holds(found)) {
                end(End.REVOKED);
              }
            });
  }

  private void drained() {
    unread = null;
    Runnable next = onDrained;
    onDrained = () -> {};
    if (!ended) {
      next.run();
    }
  }

  /** A file of records must not look whole when it is not; a live stream has no end to miss. */
  private void stop(End cause) {
    boolean whole = kind == Kind.EVENTS ? cause != End.ERROR : cause == End.FINISHED;
    if (whole && !full()) {
      response.end().onFailure(gone -> LOG.debug("Nobody reads: {}", gone.getMessage()));
    } else {
      call.breakOff();
    }
  }
}
