package io.vestibule.door;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.access.UnlockId;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandResult.Unsent.Cause;
import io.vestibule.command.UnlockCommand;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commands written over one connection; each ends once: by the door's ack or by its time. */
@LoopConfined
final class PendingCommands {
  private record Pending(Promise<CommandResult> promise, Deadline end, long timerId) {}

  private final Vertx vertx;
  private final DoorMeters meters;
  private final DoorTopics topics;
  private final Outflow outflow;
  private final int countMax;
  private final Loop loop;
  private final LeftBehind leftBehind;
  private final Time time;
  private final Map<UnlockId, Pending> pending = new HashMap<>();

  PendingCommands(Doorway doorway, DoorTopics topics, Outflow outflow) {
    this.vertx = doorway.vertx();
    this.meters = doorway.meters();
    this.countMax = doorway.limits().commandsOutstandingMax();
    this.loop = doorway.loop();
    this.leftBehind = doorway.registry().leftBehind();
    this.time = doorway.parts().time();
    this.topics = topics;
    this.outflow = outflow;
  }

  Future<CommandResult> send(UnlockCommand command, MqttQoS qos) {
    if (pending.containsKey(command.unlock())) {
      throw new IllegalStateException("unlock " + command.unlock() + " was commanded before");
    }
    if (pending.size() >= countMax || !outflow.publish(message(command), qos)) {
      return Future.succeededFuture(new CommandResult.Unsent(Cause.BUSY));
    }
    Promise<CommandResult> promise = Promise.promise();
    long timerId =
        vertx.setTimer(
            Math.max(1, command.ackTimeout().toMillis()),
            id -> end(command.unlock(), new CommandResult.Unknown()));
    Deadline end = time.deadlineIn(command.ackTimeout());
    pending.put(command.unlock(), new Pending(promise, end, timerId));
    // Last: whatever these meet, the door's ack finds its command.
    command.written().run();
    meters.commanded();
    return promise.future();
  }

  boolean underway() {
    return !pending.isEmpty();
  }

  /** How long until the last of those that wait now has its ack or its time is over. */
  Duration left() {
    return pending.values().stream()
        .map(command -> command.end().left())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** False for an ack that no command waits for. */
  boolean acked(DoorAck ack) {
    return end(ack.unlock(), ack.commandResult());
  }

  /** The connection is over: an ack may still come over the door's next one, to whichever loop. */
  void leaveBehind() {
    for (UnlockId unlock : List.copyOf(pending.keySet())) {
      leftBehind.add(topics.door(), unlock, result -> loop.run(() -> end(unlock, result)));
    }
  }

  private boolean end(UnlockId unlock, CommandResult result) {
    Pending ended = pending.remove(unlock);
    if (ended == null) {
      return false; // Ack, time or close came first, and that answer stands.
    }
    vertx.cancelTimer(ended.timerId());
    leftBehind.remove(unlock);
    ended.promise().complete(result);
    return true;
  }

  private Outflow.Message message(UnlockCommand command) {
    byte[] correlation = command.unlock().text().getBytes(StandardCharsets.UTF_8);
    // On MQTT 3.1.1 the codec writes no properties.
    MqttProperties properties = new MqttProperties();
    properties.add(
        new MqttProperties.IntegerProperty(
            MqttProperties.PUBLICATION_EXPIRY_INTERVAL,
            (int) Math.max(1, command.expiresIn().toSeconds())));
    properties.add(new MqttProperties.StringProperty(MqttProperties.RESPONSE_TOPIC, topics.ack()));
    properties.add(new MqttProperties.BinaryProperty(MqttProperties.CORRELATION_DATA, correlation));
    return new Outflow.Message(
        topics.command(),
        command.jws(),
        properties,
        11 + topics.ack().length() + correlation.length);
  }
}
