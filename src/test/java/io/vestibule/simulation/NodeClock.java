package io.vestibule.simulation;

import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A machine's clocks: the wall's is off by what it is off, and can step. */
final class NodeClock implements Time {
  static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private final Agenda agenda;
  private Duration offset;

  NodeClock(Agenda agenda, Duration offset) {
    this.agenda = agenda;
    this.offset = offset;
  }

  void stepTo(Duration to) {
    offset = to;
  }

  @Override
  public Instant now() {
    return START.plus(agenda.now()).plus(offset).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public long nanoTime() {
    return agenda.now().toNanos();
  }
}
