package io.vestibule.client;

import io.vertx.core.Vertx;
import io.vestibule.concurrent.LoopConfined;
import java.time.Duration;

/** A door's lock: released for a while, then shut again; released anew, the while starts anew. */
@LoopConfined
final class Lock {
  private final Vertx vertx;
  private final Runnable opened;
  private final Runnable closed;

  private boolean open;
  private long closeTimer = -1;

  Lock(Vertx vertx, Runnable opened, Runnable closed) {
    this.vertx = vertx;
    this.opened = opened;
    this.closed = closed;
  }

  void release(Duration hold) {
    vertx.cancelTimer(closeTimer);
    closeTimer = vertx.setTimer(hold.toMillis(), timer -> shut());
    if (!open) {
      open = true;
      opened.run();
    }
  }

  void shut() {
    vertx.cancelTimer(closeTimer);
    if (open) {
      open = false;
      closed.run();
    }
  }

  boolean open() {
    return open;
  }
}
