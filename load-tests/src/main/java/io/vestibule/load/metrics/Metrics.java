package io.vestibule.load.metrics;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Target;
import io.vestibule.load.wire.HttpAnswer;
import io.vestibule.load.wire.HttpConnection;
import io.vestibule.load.wire.HttpRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** One look at a gateway's metrics. */
public final class Metrics {
  private Metrics() {}

  /** Empty where it is not known where they are. */
  public static Optional<Exposition> look(Target target) throws CannotRun {
    return target.management().isEmpty()
        ? Optional.empty()
        : Optional.of(look(target.management().get()));
  }

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
