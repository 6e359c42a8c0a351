package io.vestibule.command;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How a command ended. */
public sealed interface CommandResult {
  <T> T match(
      Function<Opened, T> opened,
      Function<Refused, T> refused,
      Function<Unsent, T> unsent,
      Function<Unknown, T> unknown);

  /** The door says that it opened, at {@code at} by its own clock. */
  record Opened(Instant at) implements CommandResult {
    @Override
    public <T> T match(
        Function<Opened, T> opened,
        Function<Refused, T> refused,
        Function<Unsent, T> unsent,
        Function<Unknown, T> unknown) {
      return opened.apply(this);
    }
  }

  /** The door says that it did not open: it refused, or its lock failed. */
  record Refused(Optional<String> detail) implements CommandResult {
    @Override
    public <T> T match(
        Function<Opened, T> opened,
        Function<Refused, T> refused,
        Function<Unsent, T> unsent,
        Function<Unknown, T> unknown) {
      return refused.apply(this);
    }
  }

  /** Nothing was written to the door, so it surely did not open. */
  record Unsent(Cause cause) implements CommandResult {
    /** Why nothing was written. */
    public enum Cause {
      /** No session. */
      OFFLINE,
      /** Too many commands or bytes await this door's answer. */
      BUSY
    }

    @Override
    public <T> T match(
        Function<Opened, T> opened,
        Function<Refused, T> refused,
        Function<Unsent, T> unsent,
        Function<Unknown, T> unknown) {
      return unsent.apply(this);
    }
  }

  /**
   * The command was written and no ack came, from a silent door or a lost one: it may have opened.
   */
  record Unknown() implements CommandResult {
    @Override
    public <T> T match(
        Function<Opened, T> opened,
        Function<Refused, T> refused,
        Function<Unsent, T> unsent,
        Function<Unknown, T> unknown) {
      return unknown.apply(this);
    }
  }
}
