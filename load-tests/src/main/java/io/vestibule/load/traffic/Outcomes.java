package io.vestibule.load.traffic;

/** How requests ended, by the names that reports use: the contract's reasons, and a few beside. */
final class Outcomes {
  static final String OPENED = "opened";
  static final String CONNECTION_LOST = "connection lost";

  /** All connections were busy, and as many requests waited as may. */
  static final String NOT_SENT = "not sent";

  static final String NO_ANSWER = "no answer";

  private static final String STATE_OPENED = "\"state\":\"opened\"";
  private static final String REASON = "\"reason\":\"";
  private static final int OK = 200;

  private Outcomes() {}

  static String of(int status, String text) {
    if (status == OK) {
      return text.contains(STATE_OPENED) ? OPENED : "200 that does not say opened";
    }
    int from = text.indexOf(REASON);
    int until = from < 0 ? -1 : text.indexOf('"', from + REASON.length());
    return until < 0 ? "HTTP " + status : text.substring(from + REASON.length(), until);
  }
}
