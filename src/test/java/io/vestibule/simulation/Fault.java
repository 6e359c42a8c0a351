package io.vestibule.simulation;

import java.time.Duration;

/** What can befall one call to Redis, or Redis itself. */
sealed interface Fault {
  /** Nothing but the line's own length. */
  record None() implements Fault {}

  /** It arrives, and is answered, that much later: the caller may have given up by then. */
  record Late(Duration request, Duration reply) implements Fault {}

  /** It never arrives. */
  record RequestLost() implements Fault {}

  /** It is done, and the caller never hears of it. */
  record ReplyLost() implements Fault {}

  /** No connection. */
  record Refused() implements Fault {}
}
