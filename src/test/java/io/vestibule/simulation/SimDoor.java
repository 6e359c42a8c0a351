package io.vestibule.simulation;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.command.UnlockCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A door as its firmware is, on a line that fails: it performs a command once. */
final class SimDoor {
  private static final Duration SKEW = Duration.ofSeconds(2);

  final DoorId id;
  private final World world;
  private final SplittableRandom random;
  private final NodeClock clock;

  // What was answered to each command: the same command again gets the same.
  private final Map<UnlockId, String> answered = new HashMap<>();
  // Answers that no connection took yet.
  private final List<UnlockId> unsent = new ArrayList<>();

  private Optional<Node> connectedTo = Optional.empty();
  private int connection;

  SimDoor(DoorId id, World world, SplittableRandom random) {
    this.id = id;
    this.world = world;
    this.random = random;
    this.clock = new NodeClock(world.agenda, Duration.ofMillis(random.nextInt(600) - 300));
  }

  void connect() {
    if (connectedTo.isPresent()) {
      return;
    }
    Optional<Node> node = world.anyNode(random);
    if (node.isEmpty()) {
      world.agenda.after(Duration.ofMillis(500), this::connect);
      return;
    }
    connectedTo = node;
    connection++;
    node.get().connected(id, connection);
    List<UnlockId> waiting = List.copyOf(unsent);
    unsent.clear();
    world.happened.count("ack over the next connection", !waiting.isEmpty());
    waiting.forEach(unlock -> ack(unlock, Duration.ZERO));
  }

  /** The node may be the last to know. */
  void drop() {
    Node from = connectedTo.orElse(null);
    if (from == null) {
      return;
    }
    int ended = connection;
    connectedTo = Optional.empty();
    world.trace.note(id + " drops from " + from);
    from.deliver(upTo(random.nextBoolean() ? 1 : 3_000), () -> from.disconnected(id, ended));
    world.agenda.after(upTo(3_000), this::connect);
  }

  void dropFrom(Node node) {
    if (connectedTo.filter(node::equals).isPresent()) {
      drop();
    }
  }

  /** Written over that connection; what it carried when it ended may or may not have come. */
  void command(int over, UnlockCommand command, Instant issuedAt) {
    world.agenda.after(
        upTo(random.nextInt(30) == 0 ? 7_000 : 30),
        () -> {
          if ((over == connection && connectedTo.isPresent()) || random.nextInt(4) == 0) {
            receive(command.unlock(), issuedAt, issuedAt.plus(command.expiresIn()));
          } else {
            world.happened.count("command lost");
          }
        });
  }

  private void receive(UnlockId unlock, Instant from, Instant until) {
    Instant now = clock.now();
    if (answered.containsKey(unlock)) {
      ack(unlock, Duration.ZERO);
    } else if (now.isBefore(from.minus(SKEW)) || !now.isBefore(until.plus(SKEW))) {
      answer(unlock, "refused", Duration.ZERO);
    } else {
      perform(unlock);
    }
  }

  private void perform(UnlockId unlock) {
    int drawn = random.nextInt(100);
    if (drawn < 8) {
      answer(unlock, "refused", Duration.ZERO);
    } else if (drawn < 12) {
      answer(unlock, "failed", Duration.ZERO);
    } else if (drawn < 17) {
      world.happened.count("door is silent");
    } else {
      open(unlock, drawn);
    }
  }

  private void open(UnlockId unlock, int drawn) {
    world.trace.note(id + " opens for " + unlock);
    world.checker.opened(id, unlock);
    answered.put(unlock, "opened");
    if (drawn < 22) {
      world.happened.count("door opens without a word");
    } else if (drawn < 28) {
      drop();
      ack(unlock, Duration.ZERO);
    } else if (drawn < 32) {
      ack(unlock, Duration.ofMillis(5_200 + random.nextInt(4_000)));
    } else {
      ack(unlock, Duration.ZERO);
      if (drawn < 36) {
        ack(unlock, upTo(500));
      }
    }
  }

  private void answer(UnlockId unlock, String result, Duration after) {
    answered.put(unlock, result);
    ack(unlock, after);
  }

  private void ack(UnlockId unlock, Duration after) {
    world.agenda.after(after.plus(upTo(30)), () -> send(unlock));
  }

  private void send(UnlockId unlock) {
    if (connectedTo.isEmpty()) {
      unsent.add(unlock);
    } else if (world.faults.over() || random.nextInt(40) > 0) {
      Node to = connectedTo.get();
      Instant at = clock.now();
      to.deliver(upTo(10), () -> to.acked(id, unlock, answered.getOrDefault(unlock, ""), at));
    } else {
      world.happened.count("ack lost");
    }
  }

  private Duration upTo(int milliseconds) {
    return Duration.ofMillis(random.nextInt(milliseconds) + 1L);
  }
}
