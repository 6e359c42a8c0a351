package io.vestibule.conformance;

import static org.awaitility.Awaitility.await;

import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A door with one courier, who comes again and again. Whoever hears nothing for sure says the same
 * once more: the courier sends the same bytes, the door the same event. Both remember what they
 * saw.
 */
final class BusyDoor {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(40);
  private static final String LABEL = "L1";

  /** After these the same bytes may still get another answer. */
  private static final Set<String> PASSING =
      Set.of("store_unavailable", "door_offline", "overloaded");

  /** One command in so many is performed and not acked. */
  private static final int ACKED_OF = 25;

  private final Stage stage;
  private final String door;
  private final String grant;
  private final String boot;
  private final List<WireDoor> connections = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> answers = new LinkedHashMap<>();
  private final List<Long> acknowledged = new ArrayList<>();
  private final AtomicInteger openedCount = new AtomicInteger();
  private final AtomicInteger commandCount = new AtomicInteger();
  private volatile boolean ended;
  private CompletableFuture<Void> living = CompletableFuture.completedFuture(null);

  BusyDoor(Stage stage, String door, String grant, String boot) {
    this.stage = stage;
    this.door = door;
    this.grant = grant;
    this.boot = boot;
  }

  void start() {
    living = CompletableFuture.runAsync(this::live, work -> new Thread(work, door).start());
  }

  /** Returns once the courier has the last answer and the door its last PUBACK. */
  void stop() {
    ended = true;
    living.join();
    connections.forEach(WireDoor::close);
  }

  String door() {
    return door;
  }

  int openedCount() {
    return openedCount.get();
  }

  /** What both saw; it opened for each command. */
  LineByLine.Witness witness() {
    List<String> commands =
        connections.stream().flatMap(connection -> connection.unlocks().stream()).toList();
    return new LineByLine.Witness(door, boot, commands, answers, acknowledged);
  }

  private void live() {
    try {
      for (long seq = 1; !ended; seq++) {
        String request = stage.courier().request(door, grant, LABEL);
        await().atMost(PATIENCE).pollInterval(BETWEEN).until(() -> settled(request));
        long happened = seq;
        await().atMost(PATIENCE).pollInterval(BETWEEN).until(() -> told(happened));
      }
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /** Whether the answer is an end. */
  private boolean settled(String request) throws Exception {
    try {
      connected();
      WireApi.Answer answer = stage.operator().unlock(door, request);
      String state = answer.text("state");
      if (state.equals("opened")) {
        openedCount.incrementAndGet();
      }
      if (PASSING.contains(answer.text("reason")) && !state.equals("refused")) {
        return false;
      }
      answers.computeIfAbsent(answer.text("unlock"), id -> new ArrayList<>()).add(state);
      return true;
    } catch (IOException | ExecutionException | TimeoutException e) {
      return false; // The gateway has gone, or does not answer.
    }
  }

  private boolean told(long seq) throws Exception {
    try {
      connected()
          .publish(
              "event",
              "{\"type\":\"closed\",\"at\":%d,\"boot\":\"%s\",\"seq\":%d}"
                  .formatted(System.currentTimeMillis(), boot, seq));
      acknowledged.add(seq);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private WireDoor connected() throws Exception {
    if (!connections.isEmpty()) {
      WireDoor last = connections.get(connections.size() - 1);
      if (last.connected()) {
        return last;
      }
    }
    WireDoor made = stage.reconnect(door).answering(this::ack);
    connections.add(made);
    return made;
  }

  private String ack(String unlock) {
    return commandCount.incrementAndGet() % ACKED_OF == 0 ? "" : WireDoor.opened(unlock);
  }
}
