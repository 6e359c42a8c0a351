package io.vestibule.metrics;

import java.util.Locale;

/** What a metric is measured in; Prometheus' base units where there is one. */
public enum Unit {
  /** A number of things. */
  NONE,
  SECONDS,
  BYTES,
  PERCENT,
  DECIBELS;

  /** As it ends a name, and empty for a number of things. */
  public String suffix() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }
}
