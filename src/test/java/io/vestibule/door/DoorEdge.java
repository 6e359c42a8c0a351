package io.vestibule.door;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.command.CommandResult;
import io.vestibule.command.UnlockCommand;
import io.vestibule.config.MqttConfig;
import io.vestibule.config.Rate;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.FakeAuditLog;
import io.vestibule.testing.FakeDirectory;
import io.vestibule.testing.FakeUnlocks;
import io.vestibule.testing.RawDoor;
import io.vestibule.testing.SimTime;
import io.vestibule.testing.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The door edge on free ports of the loopback, with ports of its own making behind it. */
final class DoorEdge implements AutoCloseable {
  static final String SECRET = "s3cret";
  static final int EVENTS_A_MINUTE = 1_200;

  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  final TestPki pki;
  final FakeDirectory directory = new FakeDirectory().with("d1").with("d2");
  final FakeAuditLog audit = new FakeAuditLog();
  final FakeUnlocks unlocks = new FakeUnlocks();
  final SimTime time = new SimTime();
  final LocalDoors doors = new LocalDoors();
  final FakeWhereabouts whereabouts = new FakeWhereabouts();
  final List<String> telemetry = new CopyOnWriteArrayList<>();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** The unlocks whose commands were written to their doors. */
  final List<String> written = new CopyOnWriteArrayList<>();

  final DoorServer server;

  /** What happens elsewhere while a secret is being checked. */
  volatile Runnable duringSecretCheck = () -> {};

  DoorEdge(Path directory) {
    this(new TestPki(directory), Optional.empty(), 100);
  }

  DoorEdge(TestPki pki, Optional<Path> crl, int connectionsMax) {
    this.pki = pki;
    MqttConfig config =
        new MqttConfig(
            "127.0.0.1",
            new MqttConfig.Tls(
                0, pki.file("server.pem"), pki.file("server.key"), pki.file("ca.pem"), crl),
            OptionalInt.of(0));
    this.server = new DoorServer(vertx, config, limits(connectionsMax), parts());
    await(server.start(2));
  }

  DoorServer.Parts parts() {
    return new DoorServer.Parts(
        doors,
        directory,
        (entry, password) -> {
          duringSecretCheck.run();
          return Future.succeededFuture(
              new String(password, StandardCharsets.UTF_8).equals(SECRET));
        },
        unlocks,
        audit,
        (door, sample) -> {
          telemetry.add(door + sample.toString());
          return Future.succeededFuture();
        },
        new Meters(registry),
        time,
        whereabouts);
  }

  static DoorLimits limits(int connectionsMax) {
    return new DoorLimits(
        16 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        16,
        64 * 1024,
        64,
        1_000,
        64 * 1024,
        new Rate(EVENTS_A_MINUTE, Duration.ofMinutes(1)),
        connectionsMax,
        Duration.ofHours(1),
        Duration.ofMillis(10));
  }

  RawDoor raw() throws IOException {
    return RawDoor.plain(server.plainPort().orElseThrow());
  }

  /** Connected, over the plain port. */
  RawDoor door(int version, String id) throws IOException {
    RawDoor door = raw().send(RawDoor.connect(version, id, SECRET, 60));
    RawDoor.Packet connack = door.read();
    if (connack.type() != 2 || connack.body()[1] != 0) {
      throw new IllegalStateException(connack.hex());
    }
    return door;
  }

  /** Connected and listening to its commands and responses. */
  RawDoor listening(int version, String id) throws IOException {
    RawDoor door = door(version, id);
    for (String topic : List.of("command", "response")) {
      door.send(RawDoor.subscribe(version, 1, "door/" + id + "/" + topic, 1)).read();
    }
    return door;
  }

  Future<CommandResult> command(String door, String unlock, Duration ackTimeout) {
    return command(door, unlock, ackTimeout, () -> written.add(unlock));
  }

  Future<CommandResult> command(
      String door, String unlock, Duration ackTimeout, Runnable onWritten) {
    return doors.send(
        new UnlockCommand(
            new UnlockId(unlock),
            new DoorId(door),
            "header.claims.signature",
            Duration.ofSeconds(5),
            ackTimeout,
            onWritten));
  }

  boolean online(String door) {
    return doors.online(new DoorId(door)).result();
  }

  double count(String name, String tag, String value) {
    return Optional.ofNullable(registry.find(name).tag(tag, value).counter())
        .map(Counter::count)
        .orElse(-1.0);
  }

  double count(String name) {
    return registry.get(name).counter().count();
  }

  /** All its series together. */
  double total(String name) {
    return registry.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** The series of a count that are above 0, as {@code value=number}, each with one tag. */
  List<String> counted(String name) {
    return registry.find(name).counters().stream()
        .filter(counter -> counter.count() > 0)
        .map(counter -> counter.getId().getTags().get(0).getValue() + "=" + (long) counter.count())
        .toList();
  }

  double connected(String protocol, String transport) {
    return registry
        .get("vestibule.doors.connected")
        .tags("protocol", protocol, "transport", transport)
        .gauge()
        .value();
  }

  double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(server.close().otherwiseEmpty()); // A test may have closed it.
    await(vertx.close());
  }
}
