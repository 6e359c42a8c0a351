package io.vestibule.http;

import io.vertx.core.http.HttpConnection;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Tally;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the open connections of all instances and closes what goes past the bound. */
@AnyThread
final class Connections {
  private final AtomicInteger count = new AtomicInteger();
  private final int countMax;
  private final Tally refused;

  Connections(int countMax, Tally refused) {
    this.countMax = countMax;
    this.refused = refused;
  }

  void opened(HttpConnection connection) {
    connection.closeHandler(closed -> count.decrementAndGet());
    if (count.incrementAndGet() > countMax) {
      refused.add();
      connection.close();
    }
  }

  int count() {
    return count.get();
  }
}
