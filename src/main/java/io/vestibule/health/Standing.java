package io.vestibule.health;

import java.util.Optional;

/**
 * How a thing does at one moment.
 *
 * @param why empty where it is up
 * @param detail what else is known, for a reader
 */
public record Standing(State state, Optional<Why> why, Optional<String> detail) {
  private static final Standing UP = new Standing(State.UP, Optional.empty(), Optional.empty());

  /** A cause's code, and what it means and what mends it. */
  public record Why(String code, String remedy) {}

  public static Standing up() {
    return UP;
  }

  public static Standing degraded(Cause cause) {
    return not(State.DEGRADED, cause);
  }

  public static Standing down(Cause cause) {
    return not(State.DOWN, cause);
  }

  public static Standing of(State state, Why why) {
    return new Standing(state, Optional.of(why), Optional.empty());
  }

  public Standing with(String detail) {
    return new Standing(state, why, Optional.of(detail));
  }

  private static Standing not(State state, Cause cause) {
    return of(state, new Why(cause.code(), cause.remedy()));
  }
}
