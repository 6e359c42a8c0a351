package io.vestibule.health;

import java.util.Locale;

/** Why a thing is not up, each with what mends it; Redis has causes of its own beside these. */
public enum Cause {
  STARTING("it waits for Redis before it takes traffic: see the cause that redis has"),
  DRAINING("it was told to end, and sends its doors to another gateway"),
  NOT_LISTENING("the port is not open: the gateway starts or ends"),
  NOT_KNOWN("Redis was not reached yet, so that it could not be asked"),
  NO_APPEND_ONLY_FILE(
      "a restart of Redis forgets attempts, and used grants open again: set appendonly yes"),
  READS_REDIS(
      "Redis does not tell of changes, or without proof, so that each decision reads it: look for"
          + " a slow Redis, or one that cannot be reached; recovers by itself"),
  NOT_REACHED(
      "what other gateways ask of its doors is not heard, so that these open only by requests that"
          + " come to itself: look for a Redis that cannot be reached; recovers by itself"),
  KEYS_NOT_READ(
      "auth.jwks could not be read, and the keys from before are used: see whether it is served"),
  LOOP_BLOCKED(
      "an event loop does not come round, and what it serves waits: look for a starved processor"
          + " or a bug, and keep a thread dump of it");

  private final String remedy;

  Cause(String remedy) {
    this.remedy = remedy;
  }

  /** As in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it means and what mends it. */
  public String remedy() {
    return remedy;
  }
}
