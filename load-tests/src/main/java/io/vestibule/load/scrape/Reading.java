package io.vestibule.load.scrape;

import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.report.Latencies;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.wire.HttpAnswer;
import io.vestibule.load.wire.HttpConnection;
import io.vestibule.load.wire.HttpRequest;
import java.io.IOException;
import java.time.Duration;

/** Many scrapes in a row on one connection: how long each took, and what the last one showed. */
record Reading(Latencies latencies, Exposition exposition) {
  private static final int WARM_UP_COUNT = 10;
  private static final int COUNT = 50;
  private static final Duration EVERY = Duration.ofMillis(200);

  /** From the management port; the first ones do not count. */
  static Reading take(int port) throws CannotRun, IOException {
    HttpRequest request = HttpRequest.get("/metrics");
    Latencies latencies = new Latencies();
    String text = "";
    try (HttpConnection connection = new HttpConnection(port)) {
      long dueAt = System.nanoTime();
      for (int number = 0; number < WARM_UP_COUNT + COUNT; number++) {
        dueAt += EVERY.toNanos();
        sleepUntil(dueAt);
        long sentAt = System.nanoTime();
        text = body(connection.exchange(request));
        long taken = System.nanoTime() - sentAt;
        if (number >= WARM_UP_COUNT) {
          latencies.record(taken);
        }
      }
    }
    return new Reading(latencies, Exposition.parse(text));
  }

  private static String body(HttpAnswer answer) throws IOException {
    if (answer.status() != 200) {
      throw new IOException("a scrape was answered " + answer.status() + " " + answer.body());
    }
    return answer.body();
  }

  private static void sleepUntil(long dueAt) throws CannotRun {
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, dueAt - System.nanoTime())).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }
}
