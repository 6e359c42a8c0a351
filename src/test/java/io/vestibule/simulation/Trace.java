package io.vestibule.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** The latest of what happened, to be read when something is wrong. */
final class Trace {
  private static final int LINES_MAX = 120;

  private final Agenda agenda;
  private final Deque<String> lines = new ArrayDeque<>();

  Trace(Agenda agenda) {
    this.agenda = agenda;
  }

  void note(String line) {
    lines.addLast(String.format("%9.3f s  %s", agenda.now().toNanos() / 1e9, line));
    if (lines.size() > LINES_MAX) {
      lines.removeFirst();
    }
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
