package io.vestibule.access;

import java.time.Instant;
import java.time.zone.ZoneRules;

/** A minute of the week on a building's wall, counted from Monday 00:00. */
final class WeekMinute {
  static final int HOUR_MINUTES = 60;
  static final int DAY_MINUTES = 24 * HOUR_MINUTES;

  private static final int WEEK_SECONDS = 7 * 24 * 60 * 60;
  // The epoch began on a Thursday.
  private static final int EPOCH_SECOND_OF_WEEK = 3 * 24 * 60 * 60;

  private WeekMinute() {}

  /** What the wall shows at the instant: a daylight-saving change moves it, as it moves people. */
  static int of(ZoneRules zone, Instant at) {
    long local = at.getEpochSecond() + zone.getOffset(at).getTotalSeconds();
    return Math.floorMod(local + EPOCH_SECOND_OF_WEEK, WEEK_SECONDS) / 60;
  }
}
