package io.vestibule.cluster;

import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a command that another node was asked for: what the owner said, or why it did
 * not.
 */
public enum Said {
  /** The door says that it opened. */
  OPENED(true),
  /** The door says that it did not open. */
  REFUSED(true),
  /** Nothing was written to the door: it has no session there, or does not listen. */
  OFFLINE(true),
  /** Nothing was written to the door: too much is under way, or the command came too late. */
  BUSY(true),
  /** It was written to the door, which did not answer. */
  UNKNOWN(true),
  /** Nothing was written to the door: the epoch is not the owner's. */
  NOT_OWNER(true),
  /** It is not taken back: it is here, or may come yet and be acted on. */
  UNDERWAY(true),
  /**
   * The owner has no lease, and nothing was sent; or nobody was seen to hear it, or that it was
   * taken back, and the owner gave no sign of life.
   */
  UNREACHED(false),
  /** Nothing was sent: too many commands wait for their answers, or for Redis. */
  FULL(false),
  /** No answer came in time: the door may have opened. */
  SILENT(false);

  private final String code = name().toLowerCase(Locale.ROOT);
  private final boolean byOwner;

  Said(boolean byOwner) {
    this.byOwner = byOwner;
  }

  /** As in messages and metrics. */
  public String code() {
    return code;
  }

  /** Whether the door itself said so. */
  public boolean byDoor() {
    return this == OPENED || this == REFUSED;
  }

  /** What an owner says; empty for what only newer ones say. */
  static Optional<Said> parse(String code) {
    for (Said said : values()) {
      if (said.byOwner && said.code.equals(code)) {
        return Optional.of(said);
      }
    }
    return Optional.empty();
  }
}
