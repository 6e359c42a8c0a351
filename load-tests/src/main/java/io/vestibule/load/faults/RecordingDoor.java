package io.vestibule.load.faults;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.wire.Command;
import io.vestibule.load.wire.MqttLine;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A door that keeps a record of its own. It lives at one gateway and moves to another while that
 * one is away; it opens for each command, also for one that it has seen; most of its acks come at
 * once, some late, some never; what it says and hears no PUBACK for it says again over its next
 * connection, in order.
 */
final class RecordingDoor {
  /** A gateway that answers no ping for so long does not run. */
  private static final int SILENCE_MAX_MS = 2_000;

  private static final int PING_EVERY_MS = 500;
  private static final int BACK_OFF_MS_MAX = 400;

  private final DoorRecord record;
  private final List<Node> nodes;
  private final int home;
  private final Random random;
  private final Timers timers;
  private final String boot;
  private final Deque<Message> outbox = new ArrayDeque<>();
  private long lastSeq;
  private volatile int at;
  private @Nullable MqttLine line;
  private final CountDownLatch over = new CountDownLatch(1);

  /** Said, and not yet acknowledged by a gateway. */
  private static final class Message {
    final String leaf;
    final String payload;
    final Optional<DoorRecord.Event> event;
    int packetId;

    Message(String leaf, String payload, Optional<DoorRecord.Event> event) {
      this.leaf = leaf;
      this.payload = payload;
      this.event = event;
    }
  }

  RecordingDoor(DoorRecord record, List<Node> nodes, int home, Random random, Timers timers) {
    this.record = record;
    this.nodes = nodes;
    this.home = home;
    this.at = home;
    this.random = random;
    this.timers = timers;
    this.boot = Long.toHexString(random.nextLong());
  }

  void start() {
    Thread thread = new Thread(this::live, record.door());
    thread.setDaemon(true);
    thread.start();
    timers.every(TimeUnit.MILLISECONDS.toNanos(PING_EVERY_MS), this::ping);
  }

  void end() {
    over.countDown();
    drop();
  }

  DoorRecord record() {
    return record;
  }

  String boot() {
    return boot;
  }

  /** The gateway that it is at, or tries. */
  int at() {
    return at;
  }

  synchronized boolean connected() {
    return line != null;
  }

  private void live() {
    while (over.getCount() > 0) {
      try (MqttLine made =
          MqttLine.connect(
              nodes.get(at).port("mqtt"), record.door(), TwoBuildings.SECRET, SILENCE_MAX_MS)) {
        use(made);
        listen(made);
      } catch (IOException | CannotRun e) {
        drop();
        backOff();
      }
    }
  }

  /** The other gateway next, and the one it lives at after that. */
  private void backOff() {
    at = at == home ? (home + 1) % nodes.size() : home;
    try {
      boolean unused = over.await(random.nextInt(BACK_OFF_MS_MAX), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      over.countDown();
    }
  }

  private synchronized void use(MqttLine made) throws IOException {
    line = made;
    for (Message message : outbox) {
      publish(made, message);
    }
  }

  private synchronized void drop() {
    MqttLine dropped = line;
    line = null;
    if (dropped != null) {
      try {
        dropped.close();
      } catch (IOException e) {
        // It is gone all the same.
      }
    }
  }

  private void listen(MqttLine made) throws IOException {
    while (over.getCount() > 0) {
      MqttLine.Packet packet = made.receive();
      if (packet.publish()) {
        made.acknowledge(packet);
        commanded(Command.read(packet.payload()));
      } else if (packet.puback()) {
        acknowledged(packet.packetId());
      }
    }
  }

  private void commanded(Command command) {
    boolean first = record.commanded(command.unlock());
    double chance = random.nextDouble();
    if (chance < 0.01) {
      return; // Deaf: neither opens nor says so.
    }
    if (chance < 0.03 && first) {
      say("ack", command.ack("refused"), Optional.empty());
      return;
    }
    record.opened(command.unlock());
    if (chance < 0.05) {
      timers.in(
          TwoBuildings.ACK_TIMEOUT_MS / 2 + random.nextInt(2 * TwoBuildings.ACK_TIMEOUT_MS),
          () -> say("ack", command.ack("opened"), Optional.empty()));
    } else if (chance > 0.06) {
      say("ack", command.ack("opened"), Optional.empty());
    }
    tell("opened");
    timers.in(random.nextInt(400), () -> tell("closed"));
  }

  private synchronized void tell(String type) {
    long seq = ++lastSeq;
    String payload =
        "{\"type\":\"%s\",\"at\":%d,\"boot\":\"%s\",\"seq\":%d}"
            .formatted(type, System.currentTimeMillis(), boot, seq);
    say("event", payload, Optional.of(record.event(seq)));
  }

  private synchronized void say(String leaf, String payload, Optional<DoorRecord.Event> event) {
    Message message = new Message(leaf, payload, event);
    outbox.add(message);
    MqttLine current = line;
    if (current == null) {
      return;
    }
    try {
      publish(current, message);
    } catch (IOException e) {
      drop();
    }
  }

  private static void publish(MqttLine to, Message message) throws IOException {
    message.packetId = to.nextPacketId();
    to.publish(message.leaf, message.packetId, message.payload);
  }

  private synchronized void acknowledged(int packetId) {
    outbox.stream()
        .filter(message -> message.packetId == packetId)
        .findFirst()
        .ifPresent(
            message -> {
              message.event.ifPresent(DoorRecord.Event::acknowledge);
              outbox.remove(message);
            });
  }

  private synchronized void ping() {
    MqttLine current = line;
    if (current == null) {
      return;
    }
    try {
      current.ping();
    } catch (IOException e) {
      drop();
    }
  }
}
