package io.vestibule.unlock;

import java.util.Locale;

/** Where a request came in. */
public enum Edge {
  HTTP,
  MQTT;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it stands in records and metrics. */
  public String code() {
    return code;
  }
}
