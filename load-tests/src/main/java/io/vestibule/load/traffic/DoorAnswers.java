package io.vestibule.load.traffic;

import io.vestibule.load.wire.Command;
import java.util.concurrent.atomic.AtomicInteger;

/** What doors were told and have said: counted on the event loop, read by any thread. */
final class DoorAnswers implements AutoCloseable {
  private final CommandCheck check;
  private final AtomicInteger commandCount = new AtomicInteger();
  private final AtomicInteger acknowledgedCount = new AtomicInteger();

  DoorAnswers(CommandCheck check) {
    this.check = check;
  }

  /** A door was told to open, and has answered. */
  void commanded(String door, Command command, String jws) {
    commandCount.incrementAndGet();
    check.commanded(door, command, jws);
  }

  /** A message of a door's own with QoS 1 is safe. */
  void acknowledged() {
    acknowledgedCount.incrementAndGet();
  }

  /** How many commands were answered so far. */
  int commandCount() {
    return commandCount.get();
  }

  /** How many messages with QoS 1, beside those that answer commands, are safe so far. */
  int acknowledgedCount() {
    return acknowledgedCount.get() - commandCount.get();
  }

  CommandCheck check() {
    return check;
  }

  @Override
  public void close() {
    check.close();
  }
}
