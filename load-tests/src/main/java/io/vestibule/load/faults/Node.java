package io.vestibule.load.faults;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Gateway;
import io.vestibule.load.stage.Pki;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Signals;
import io.vestibule.load.stage.Started;
import io.vestibule.load.stage.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A gateway that can be ended and started again, and its line to Redis. */
final class Node {
  /** Longer than a gateway takes to end by itself. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

  private final Started started;
  private final Product product;
  private final Pki pki;
  private final Line line;
  private final int index;
  private int startCount;
  private volatile Gateway gateway;

  private Node(Started started, Product product, Pki pki, Line line, int index) throws CannotRun {
    this.started = started;
    this.product = product;
    this.pki = pki;
    this.line = line;
    this.index = index;
    this.gateway = run();
  }

  static Node start(Started started, Product product, Pki pki, Line line, int index)
      throws CannotRun {
    return new Node(started, product, pki, line, index);
  }

  static String name(int index) {
    return "node-" + (char) ('a' + index);
  }

  Line line() {
    return line;
  }

  /** Where it listens, or did before it ended. */
  int port(String listener) throws CannotRun {
    return gateway.port(listener);
  }

  void restart() throws CannotRun {
    gateway = run();
  }

  void kill() throws CannotRun {
    Signals.kill(gateway.process());
  }

  void pause() throws CannotRun {
    Signals.pause(gateway.process());
  }

  void resume() throws CannotRun {
    Signals.resume(gateway.process());
  }

  /** Asks it to end, and returns once it has. */
  void drain() throws CannotRun {
    Process process = gateway.process();
    process.destroy();
    if (!Waiting.until(DRAIN_LIMIT, () -> !process.isAlive())) {
      throw new CannotRun(name(index) + " does not end on SIGTERM");
    }
  }

  private Gateway run() throws CannotRun {
    String name = name(index) + "-" + ++startCount;
    Map<String, String> settings = new HashMap<>(TwoBuildings.SETTINGS);
    settings.put("VESTIBULE_NODE_ID", name(index));
    return Gateway.start(
        started,
        new Gateway.Plan(name, product, pki, "redis://127.0.0.1:" + line.port(), settings));
  }
}
