package io.vestibule.client;

/** What a door makes of the bytes it received as a command. */
sealed interface Verdict {
  /** Signed by the gateway, for this door, and in time. */
  record Genuine(String unlock, int holdSeconds) implements Verdict {}

  /** Signed by the gateway for this door, but not valid at this time. */
  record Untimely(String unlock) implements Verdict {}

  /** Anything else; what is wrong quotes nothing of it. */
  record Forged(String why) implements Verdict {}
}
