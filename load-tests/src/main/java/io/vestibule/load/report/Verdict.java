package io.vestibule.load.report;

import java.util.Locale;

/** Whether a figure keeps its bound. */
public enum Verdict {
  OK,
  MISSED,
  /** It has a bound, and the run was too short to say. */
  NOT_JUDGED,
  /** It has no bound. */
  UNBOUNDED;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
