package io.vestibule.door;

import io.vestibule.concurrent.AnyThread;
import java.util.concurrent.atomic.AtomicInteger;

/** The node's connections to doors, handshakes included, up to a limit. */
@AnyThread
final class ConnectionCount {
  private final AtomicInteger count = new AtomicInteger();
  private final int countMax;

  ConnectionCount(int countMax) {
    this.countMax = countMax;
  }

  /** False past the limit; else {@link #leave()} must follow. */
  boolean enter() {
    if (count.incrementAndGet() <= countMax) {
      return true;
    }
    leave();
    return false;
  }

  void leave() {
    count.decrementAndGet();
  }
}
