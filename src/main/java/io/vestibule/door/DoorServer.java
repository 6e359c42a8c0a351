package io.vestibule.door;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.audit.AuditLog;
import io.vestibule.cluster.Whereabouts;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.config.MqttConfig;
import io.vestibule.directory.Directory;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import io.vestibule.unlock.Unlocks;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** The MQTT edge that doors connect to: its ports, from the start to the last door's leaving. */
@AnyThread
public final class DoorServer {
  private final Vertx vertx;
  private final MqttConfig config;
  private final DoorLimits limits;
  private final Parts parts;
  private final List<DoorListener> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<Entrance> entrance = Optional.empty();
  private volatile Optional<String> deployment = Optional.empty();
  private volatile boolean leaving;

  /**
   * What the edge works with; {@code doors} is where its connections are found by others, and
   * {@code whereabouts} tells other nodes of them.
   */
  public record Parts(
      LocalDoors doors,
      Directory directory,
      SecretCheck secrets,
      Unlocks unlocks,
      AuditLog audit,
      TelemetrySink telemetry,
      Meters meters,
      Time time,
      Whereabouts whereabouts) {}

  public DoorServer(Vertx vertx, MqttConfig config, DoorLimits limits, Parts parts) {
    this.vertx = vertx;
    this.config = config;
    this.limits = limits;
    this.parts = parts;
  }

  /**
   * Listens on that many event loops. Fails only with {@link DoorServerFailed}: a port is taken, or
   * a PEM file cannot be used.
   */
  public Future<Void> start(int eventLoops) {
    return vertx
        .executeBlocking(() -> DoorTls.load(config.tls()))
        .compose(tls -> deploy(new Entrance(config, limits, parts, tls), eventLoops));
  }

  /** Empty until it listens. */
  public OptionalInt tlsPort() {
    return number(entrance.map(Entrance::tlsPort));
  }

  /** Empty until it listens, and where no such port is configured. */
  public OptionalInt plainPort() {
    return number(entrance.flatMap(Entrance::plainPort));
  }

  /** Whether new connections are taken. */
  public boolean listening() {
    return entrance.isPresent() && !leaving;
  }

  /** No new connections from now on; those that are there stay. */
  public void stopAccepting() {
    leaving = true;
    parts.doors().registry().close();
    listeners.forEach(DoorListener::stopAccepting);
  }

  /**
   * Sends the doors elsewhere, that many a second, so that they do not all knock at the next
   * gateway at once, and each once it has acked what it was commanded and was told what became of
   * its couriers' requests, or the time is over for what of that was under way when its turn came.
   * Completes when the last has left; {@link #stopAccepting()} goes before.
   */
  public Future<Void> drain(int doorsPerSecond) {
    return new Drain(vertx, parts.doors().registry(), doorsPerSecond).start();
  }

  /** Closes ports and connections; commands that await an ack end as unknown. */
  public Future<Void> close() {
    return deployment.map(vertx::undeploy).orElseGet(Future::succeededFuture);
  }

  private Future<Void> deploy(Entrance opened, int eventLoops) {
    return vertx
        .deployVerticle(
            () -> {
              DoorListener listener = new DoorListener(opened);
              listeners.add(listener);
              return listener;
            },
            new DeploymentOptions().setInstances(eventLoops))
        .map(
            id -> {
              opened.gauges();
              deployment = Optional.of(id);
              entrance = Optional.of(opened);
              return id;
            })
        .mapEmpty();
  }

  private static OptionalInt number(Optional<DoorPort> port) {
    return port.isEmpty() ? OptionalInt.empty() : port.get().number();
  }
}
