package io.vestibule.load.faults;

import java.util.Locale;

/** Two of those who saw the same thing do not agree about it. */
record Difference(Kind kind, String what) {
  /** What it is that does not agree. */
  enum Kind {
    /** A door opened, and no record says that it did or may have. */
    OPENING_NOT_LOGGED,
    /** A door opened more than once for one unlock. */
    OPENED_TWICE,
    /** A door was commanded more than once for one unlock. */
    COMMANDED_TWICE,
    /** A door was commanded for an unlock that nothing granted. */
    COMMANDED_UNGRANTED,
    /** A record says that a door opened which did not. */
    LOGGED_NOT_OPENED,
    /** An unlock has two granted records. */
    GRANTED_TWICE,
    /** A granted unlock has no closing record. */
    NOT_CLOSED,
    /** An unlock has two closing records. */
    CLOSED_TWICE,
    /** An unlock has a closing record and no granted one. */
    CLOSED_UNGRANTED,
    /** A courier heard that the door opened, and it did not. */
    ANSWERED_NOT_OPENED,
    /** A courier heard another outcome than the record has. */
    ANSWER_NOT_AS_LOGGED,
    /** A courier heard only refusals, and the door opened. */
    REFUSED_AND_OPENED,
    /** An event that a gateway acknowledged is not in the log. */
    EVENT_LOST,
    /** A door never heard that its event was taken, although all is well again. */
    EVENT_NOT_TAKEN,
    /** An event is in the log twice. */
    EVENT_TWICE,
    /** A door's events are in the log in another order than they happened. */
    EVENT_OUT_OF_ORDER,
    /** The log has an event that never happened. */
    EVENT_UNKNOWN,
    /** A grant opened doors more often than it may. */
    USES_EXCEEDED;

    String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  @Override
  public String toString() {
    return kind.title() + ": " + what;
  }
}
