package io.vestibule.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This node's lease in Redis, renewed in time. Each renewal sends the node a message of its own:
 * one that nobody hears, or that does not come, shows an inbox that is of no use.
 */
@LoopConfined
final class Lease {
  private static final Script RENEW = Script.load("node_renew");
  private static final int RENEWALS_PER_LEASE = 3;
  private static final long TRY_AGAIN_MS = 250;

  /** Renewals whose message did not come; the last one's may be on its way. */
  private static final int MISSED_MAX = 2;

  private final NodeName self;
  private final Vertx vertx;
  private final Store store;
  private final String publishing;
  private final Duration length;
  private final Watcher watcher;
  private int missedCount;
  private long timerId = -1;
  private boolean closed;

  /** Hears what a renewal shows. */
  interface Watcher {
    /** Redis did not know the lease: it may have lost all else too. */
    void forgotten();

    /** Whether there is a connection on which messages should be heard. */
    boolean listening();

    /** Messages are not heard although there is such a connection. */
    void unheard(String why);
  }

  /** What it stands on. */
  record Parts(Vertx vertx, Store store, String publishing) {}

  Lease(NodeName self, Parts parts, Duration length, Watcher watcher) {
    this.self = self;
    this.vertx = parts.vertx();
    this.store = parts.store();
    this.publishing = parts.publishing();
    this.length = length;
    this.watcher = watcher;
  }

  void start() {
    renew();
  }

  /** A message of its own came. */
  void heard() {
    missedCount = 0;
  }

  /** Gives up the lease: all its doors are offline. Never fails: else it ends by itself. */
  Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timerId);
    return store.command("DEL", Keys.lease(self.text())).<Void>mapEmpty().otherwiseEmpty();
  }

  private void renew() {
    boolean listening = watcher.listening();
    missedCount = listening ? missedCount + 1 : 0;
    store
        .eval(
            RENEW,
            List.of(Keys.lease(self.text())),
            List.of(
                Long.toString(length.toMillis()),
                publishing,
                Keys.channel(self.text()),
                Messages.beat()))
        .onComplete((reply, failure) -> renewed(listening, reply));
  }

  private void renewed(boolean listening, @Nullable Reply reply) {
    if (closed) {
      return;
    }
    if (reply == null) {
      next(Math.min(TRY_AGAIN_MS, length.toMillis() / RENEWALS_PER_LEASE));
      return;
    }
    if (reply.list().get(0).number() == 0) {
      watcher.forgotten();
    }
    boolean heardByNobody = reply.list().get(1).number() == 0;
    if (listening && watcher.listening() && (heardByNobody || missedCount > MISSED_MAX)) {
      missedCount = 0;
      watcher.unheard(heardByNobody ? "nobody hears what is sent" : "its own messages do not come");
    }
    next(length.toMillis() / RENEWALS_PER_LEASE);
  }

  private void next(long waitMs) {
    timerId = vertx.setTimer(waitMs, fired -> renew());
  }
}
