package io.vestibule.health;

import java.util.Locale;

/** How a thing does. */
public enum State {
  /** As it should. */
  UP,
  /** It serves, but less well than it should, or with a risk. */
  DEGRADED,
  /** It does not serve. */
  DOWN;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
