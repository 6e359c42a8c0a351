package io.vestibule.access;

import java.util.Locale;

/** Whether a building, a door or a courier takes part at present. */
public enum Status {
  ACTIVE,
  SUSPENDED;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
