package io.vestibule.load.metrics;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.wire.HttpAnswer;
import io.vestibule.load.wire.HttpConnection;
import io.vestibule.load.wire.HttpRequest;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One look at a gateway's metrics. */
public final class Metrics {
  private Metrics() {}

  /** At the management port. */
  public static Exposition look(InetSocketAddress management) throws CannotRun {
    try (HttpConnection connection = new HttpConnection(management)) {
      HttpAnswer answer = connection.exchange(HttpRequest.get("/metrics"));
      if (answer.status() != 200) {
        throw new CannotRun("http://" + management + "/metrics answers " + answer.status());
      }
      return Exposition.parse(answer.body());
    } catch (IOException e) {
      throw new CannotRun("cannot read http://" + management + "/metrics", e);
    }
  }
}
