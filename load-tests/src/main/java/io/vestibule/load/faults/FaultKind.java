package io.vestibule.load.faults;

import java.util.Locale;

/** What can break. */
public enum FaultKind {
  /** {@code kill -9}; started again at the fault's end. */
  GATEWAY_KILLED,
  /** SIGSTOP until the fault's end. */
  GATEWAY_STOPPED,
  /** SIGTERM; started again once it has ended by itself. */
  GATEWAY_DRAINED,
  /** {@code kill -9}; started again, from its file, at the fault's end. */
  REDIS_KILLED,
  /** SIGSTOP until the fault's end. */
  REDIS_STOPPED,
  /** No byte can be added to Redis' file. */
  REDIS_DISK_FULL,
  /** The connections of a gateway to Redis end, and none can be made. */
  LINE_CUT,
  /** All that a gateway and Redis say to each other is late. */
  LINE_SLOW,
  /** Nothing that a gateway and Redis say arrives, until it all does. */
  LINE_HELD;

  /** Whether another gateway does the work meanwhile. */
  boolean takenOver() {
    return this == GATEWAY_KILLED || this == GATEWAY_STOPPED || this == GATEWAY_DRAINED;
  }

  /** In words. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
