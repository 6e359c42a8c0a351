package io.vestibule.load.traffic;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.Target;
import io.vestibule.load.stage.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Doors that are connected over TLS with a certificate each, and answer their commands. */
public final class DoorFleet implements AutoCloseable {
  private static final int CONNECTING_MAX = 64;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Loop loop;
  private final Progress progress;
  private final int size;
  private final DoorConnections connections;
  private final DoorAnswers answers;

  private DoorFleet(Loop loop, Progress progress, int size, DoorConnections connections) {
    this.loop = loop;
    this.progress = progress;
    this.size = size;
    this.connections = connections;
    this.answers = connections.answers();
  }

  /** The first so many doors of a city, none of them connected. */
  public static DoorFleet make(Loop loop, Target target, int doorCount, Progress progress)
      throws CannotRun {
    DoorTls tls = DoorTls.read(target.pki());
    DoorSlot[] slots = new DoorSlot[doorCount];
    for (int number = 0; number < doorCount; number++) {
      slots[number] = new DoorSlot(number, tls.context(City.door(number)));
      progress.count("doors' certificates read", number + 1, doorCount);
    }
    DoorAnswers answers = new DoorAnswers(new CommandCheck(GatewayKeys.of(target.http())));
    DoorConnections connections = new DoorConnections(loop, target, slots, answers);
    return new DoorFleet(loop, progress, doorCount, connections);
  }

  /** All of them take commands when it returns; a door that is lost from now on is a fault. */
  public void connect() throws CannotRun {
    for (int door = 0; door < size; door++) {
      if (!Waiting.until(LIMIT, this::mayBeginOne)) {
        throw notAll(LIMIT);
      }
      progress.count("doors connected", readyCount(), size);
      check();
      connections.begin(door);
    }
    awaitAll(LIMIT);
  }

  /**
   * All begin to connect at random moments within so long; one that fails, or is lost later, comes
   * again as long after it at most.
   */
  public void storm(Duration within) {
    returnWhenLost(within);
    for (int door = 0; door < size; door++) {
      connections.beginWithin(door, within);
    }
  }

  /** A door that is lost is no fault from now on: it comes again. */
  public void returnWhenLost(Duration within) {
    connections.returnWhenLost(within);
  }

  /** Until all take commands. */
  public void awaitAll(Duration limit) throws CannotRun {
    boolean all =
        Waiting.until(
            limit,
            () -> {
              progress.count("doors connected", readyCount(), size + 1);
              return readyCount() >= size || connections.fault().isPresent();
            });
    check();
    if (!all) {
      throw notAll(limit);
    }
    progress.count("doors connected", size, size);
  }

  /** Fails where a door was lost since: it would be missed in what is measured. */
  public void check() throws CannotRun {
    Optional<String> fault = connections.fault();
    if (fault.isPresent()) {
      throw new CannotRun(fault.get());
    }
  }

  public int size() {
    return size;
  }

  /** How many take commands. */
  public int readyCount() {
    return connections.attendance().hereCount();
  }

  /** How many commands were answered so far. */
  public int commandCount() {
    return answers.commandCount();
  }

  /** How many messages with QoS 1, beside those that answer commands, are safe so far. */
  public int acknowledgedCount() {
    return answers.acknowledgedCount();
  }

  /** What was wrong with commands so far. */
  public Map<String, Integer> commandFaults() {
    return answers.check().faults();
  }

  /** Of how many commands the signature was verified. */
  public int verifiedCount() {
    return answers.check().verifiedCount();
  }

  /** Why connections failed or were lost that came again, and how often. */
  public Map<String, Integer> losses() {
    return connections.losses();
  }

  /** Of the connections made since the last call. */
  public Connects takeConnects() throws CannotRun {
    return loop.call(connections::takeConnects);
  }

  Absences absences() {
    return connections.attendance();
  }

  /** On the event loop: whether it is connected and takes the message. */
  boolean publish(int door, String kind, MqttQoS qos, String payload) {
    return connections.publish(door, kind, qos, payload);
  }

  /** On the event loop: cuts a door's connection; it stays away. */
  void sendAway(int door) {
    connections.sendAway(door);
  }

  /** On the event loop: a door that was sent away connects again. */
  void bringBack(int door) {
    connections.bringBack(door);
  }

  /** Without a word, as doors that lost their power. */
  @Override
  public void close() throws CannotRun {
    answers.close();
    loop.call(
        () -> {
          connections.close();
          return size;
        });
  }

  private boolean mayBeginOne() {
    return connections.underWayCount() < CONNECTING_MAX || connections.fault().isPresent();
  }

  private CannotRun notAll(Duration limit) {
    return new CannotRun(
        "%d of %d doors were connected within %d s"
            .formatted(readyCount(), size, limit.toSeconds()));
  }
}
