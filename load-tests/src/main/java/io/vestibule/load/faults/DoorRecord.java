package io.vestibule.load.faults;

import java.util.ArrayList;
import java.util.List;

/** What a door has seen and done, as it would keep it in a file of its own. */
final class DoorRecord {
  private final String door;
  private final List<String> commands = new ArrayList<>();
  private final List<String> openings = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  /** One event; whether the gateway has said that it has it. */
  static final class Event {
    private final long seq;
    private volatile boolean acknowledged;

    Event(long seq, boolean acknowledged) {
      this.seq = seq;
      this.acknowledged = acknowledged;
    }

    long seq() {
      return seq;
    }

    boolean acknowledged() {
      return acknowledged;
    }

    void acknowledge() {
      acknowledged = true;
    }
  }

  DoorRecord(String door) {
    this.door = door;
  }

  String door() {
    return door;
  }

  /** Whether it is the first that names this unlock. */
  synchronized boolean commanded(String unlock) {
    boolean first = !commands.contains(unlock);
    commands.add(unlock);
    return first;
  }

  synchronized void opened(String unlock) {
    openings.add(unlock);
  }

  synchronized Event event(long seq) {
    Event event = new Event(seq, false);
    events.add(event);
    return event;
  }

  /** The unlocks of all commands, repeats too. */
  synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  /** The unlocks for which it opened, repeats too. */
  synchronized List<String> openings() {
    return List.copyOf(openings);
  }

  synchronized int openingCount() {
    return openings.size();
  }

  /** In the order in which they happened. */
  synchronized List<Event> events() {
    return List.copyOf(events);
  }

  synchronized long unacknowledgedCount() {
    return events.stream().filter(event -> !event.acknowledged()).count();
  }
}
