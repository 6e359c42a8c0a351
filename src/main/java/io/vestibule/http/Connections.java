package io.vestibule.http;

import io.vertx.core.http.HttpConnection;
import io.vestibule.concurrent.AnyThread;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the open connections of all instances and closes what goes past the bound. */
@AnyThread
final class Connections {
  private final AtomicInteger count = new AtomicInteger();
  private final int countMax;

  Connections(int countMax) {
    this.countMax = countMax;
  }

  void opened(HttpConnection connection) {
    connection.closeHandler(closed -> count.decrementAndGet());
    if (count.incrementAndGet() > countMax) {
      connection.close();
    }
  }

  int count() {
    return count.get();
  }
}
