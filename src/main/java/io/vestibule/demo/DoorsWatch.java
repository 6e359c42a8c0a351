package io.vestibule.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.client.Behaviour;
import io.vestibule.client.DoorFleet;
import io.vestibule.concurrent.Loop;
import java.util.List;

/** Runs simulated doors and tells on the terminal how many are connected. */
public final class DoorsWatch {
  private static final long LOOK_EVERY_MS = 1_000;

  private final Vertx vertx;
  private final DoorFleet fleet;
  private final Terminal terminal;
  private final Loop loop;

  private final Promise<Void> stopped = Promise.promise();
  private int drawnLineCount;
  private String lastLine = "";
  private long timer = -1;

  public DoorsWatch(Vertx vertx, DoorFleet fleet, Terminal terminal) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.terminal = terminal;
    this.loop = Loop.next(vertx);
  }

  /**
   * Starts the doors; completes once they are stopped. Fails, in words for the terminal, only when
   * a file of the PKI is missing.
   */
  public Future<Void> run() {
    return loop.call(
        () -> {
          timer = vertx.setPeriodic(LOOK_EVERY_MS, tick -> look());
          fleet
              .start(door -> Behaviour.OBEDIENT)
              .onSuccess(all -> look())
              .onFailure(stopped::tryFail);
          return stopped.future();
        });
  }

  /** Disconnects the doors and says so. */
  public Future<Void> stop() {
    return loop.call(
        () -> {
          vertx.cancelTimer(timer);
          if (stopped.future().isComplete()) {
            return Future.succeededFuture();
          }
          return fleet
              .stop()
              .compose(nothing -> show(line()))
              .onComplete(shown -> stopped.tryComplete());
        });
  }

  private void look() {
    String line = line();
    // A log is told of changes, a person at a terminal that nothing changed.
    if (terminal.live() || !line.equals(lastLine)) {
      show(line);
    }
  }

  private Future<Void> show(String line) {
    lastLine = line;
    int linesBefore = drawnLineCount;
    drawnLineCount = 1;
    return vertx
        .executeBlocking(
            () -> {
              if (terminal.live()) {
                terminal.redraw(linesBefore, List.of(line));
              } else {
                terminal.print(List.of(line));
              }
              return true;
            })
        .mapEmpty();
  }

  private String line() {
    String counts =
        fleet.onlineCount()
            + " of "
            + fleet.doors().size()
            + " doors connected; "
            + fleet.connectCount()
            + " connects, "
            + fleet.disconnectCount()
            + " disconnects";
    return fleet.trouble().map(why -> counts + "; " + why).orElse(counts);
  }
}
