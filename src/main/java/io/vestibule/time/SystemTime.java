package io.vestibule.time;

import java.time.Clock;
import java.time.Instant;

/** The clocks of the machine; the wall's in milliseconds, which is what goes on record. */
enum SystemTime implements Time {
  INSTANCE;

  private static final Clock WALL = Clock.tickMillis(java.time.ZoneOffset.UTC);

  @Override
  public Instant now() {
    return WALL.instant();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
