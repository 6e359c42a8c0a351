package io.vestibule.door;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.command.CommandResult;
import io.vestibule.concurrent.AnyThread;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The commands whose connection ended before their ack: the door may still say over its next one
 * what it did. Each stays for what is left of its ack timeout.
 */
@AnyThread
final class LeftBehind {
  private final Map<UnlockId, Left> byUnlock = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private record Left(DoorId door, Consumer<CommandResult> end) {}

  /** Whoever adds a command ends it by its time, and removes it then. */
  void add(DoorId door, UnlockId unlock, Consumer<CommandResult> end) {
    if (closed) {
      end.accept(new CommandResult.Unknown());
    } else {
      byUnlock.put(unlock, new Left(door, end));
    }
  }

  void remove(UnlockId unlock) {
    byUnlock.remove(unlock);
  }

  /** False for an ack that no command of this door waits for. */
  boolean acked(DoorId door, DoorAck ack) {
    Left left = byUnlock.get(ack.unlock());
    if (left == null || !left.door().equals(door) || !byUnlock.remove(ack.unlock(), left)) {
      return false;
    }
    left.end().accept(ack.commandResult());
    return true;
  }

  /** Nothing comes any more: what is left is unknown. */
  void close() {
    closed = true;
    for (Left left : byUnlock.values()) {
      left.end().accept(new CommandResult.Unknown());
    }
  }
}
