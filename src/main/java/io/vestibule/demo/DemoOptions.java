package io.vestibule.demo;

import java.time.Duration;

/** How large and how long the play is. */
public record DemoOptions(int doorCount, Duration length) {
  public static final int DOOR_COUNT_DEFAULT = 20;
  public static final int SECONDS_DEFAULT = 15;

  private static final int DOOR_COUNT_MAX = 2_000;
  private static final int SECONDS_MAX = 3_600;

  /**
   * Fewer doors than the play has parts are made up to one each.
   *
   * @throws IllegalArgumentException in words for the terminal
   */
  public DemoOptions {
    if (doorCount < 1 || doorCount > DOOR_COUNT_MAX) {
      throw new IllegalArgumentException(
          "--doors must be from 1 to " + DOOR_COUNT_MAX + ", not " + doorCount);
    }
    doorCount = Math.max(doorCount, Role.DOOR_COUNT_MIN);
    if (length.toSeconds() < 1 || length.toSeconds() > SECONDS_MAX) {
      throw new IllegalArgumentException(
          "--seconds must be from 1 to " + SECONDS_MAX + ", not " + length.toSeconds());
    }
  }
}
