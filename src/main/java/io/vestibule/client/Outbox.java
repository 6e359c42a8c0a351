package io.vestibule.client;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vestibule.concurrent.LoopConfined;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/**
 * QoS 1 messages of a door, kept in order until the gateway has acknowledged each, and sent again
 * on a new connection or when an acknowledgement stays out.
 */
@LoopConfined
final class Outbox {
  /** As many on their way at a time. */
  static final int WINDOW_MAX = 16;

  private static final int COUNT_MAX = 256;

  private final ArrayDeque<Message> kept = new ArrayDeque<>();
  private Optional<Sender> line = Optional.empty();
  private int onTheirWayCount;

  /** Writes one message; completes with its packet id. */
  interface Sender {
    Future<Integer> send(String topic, Buffer payload);
  }

  private static final class Message {
    private static final int UNSENT = 0;
    private static final int BEING_WRITTEN = -1;

    private final String topic;
    private final Buffer payload;
    private int packetId = UNSENT;

    Message(String topic, Buffer payload) {
      this.topic = topic;
      this.payload = payload;
    }
  }

  /** False when full: the message is not kept. */
  boolean offer(String topic, Buffer payload) {
    if (kept.size() == COUNT_MAX) {
      return false;
    }
    kept.add(new Message(topic, payload));
    pump();
    return true;
  }

  int keptCount() {
    return kept.size();
  }

  void lineUp(Sender sender) {
    line = Optional.of(sender);
    pump();
  }

  void lineDown() {
    line = Optional.empty();
    onTheirWayCount = 0;
    kept.forEach(message -> message.packetId = Message.UNSENT);
  }

  void acknowledged(int packetId) {
    for (Iterator<Message> messages = kept.iterator(); messages.hasNext(); ) {
      if (messages.next().packetId == packetId) {
        messages.remove();
        onTheirWayCount--;
        pump();
        return;
      }
    }
  }

  /** No acknowledgement came in time: the message goes out again. */
  void unanswered(int packetId) {
    for (Message message : kept) {
      if (message.packetId == packetId) {
        message.packetId = Message.UNSENT;
        onTheirWayCount--;
      }
    }
    pump();
  }

  private void pump() {
    if (line.isEmpty()) {
      return;
    }
    Sender sender = line.get();
    for (Message message : kept) {
      if (onTheirWayCount == WINDOW_MAX) {
        return;
      }
      if (message.packetId == Message.UNSENT) {
        send(sender, message);
      }
    }
  }

  private void send(Sender sender, Message message) {
    message.packetId = Message.BEING_WRITTEN;
    onTheirWayCount++;
    // A write that fails ends the connection, and lineDown makes the message unsent again.
    sender
        .send(message.topic, message.payload)
        .onSuccess(
            packetId -> {
              if (message.packetId == Message.BEING_WRITTEN && line.equals(Optional.of(sender))) {
                message.packetId = packetId;
              }
            });
  }
}
