package io.vestibule.grant;

import io.vestibule.access.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How an unlock ended; {@code at} is when. */
public sealed interface Outcome {
  Instant at();

  /** The word for it on every wire: {@code opened}, {@code refused} or {@code unknown}. */
  default String state() {
    return match(opened -> "opened", refused -> "refused", unknown -> "unknown");
  }

  /** Why it did not open, or is not known to have; empty when it opened. */
  default Optional<Reason> why() {
    return match(
        opened -> Optional.empty(),
        refused -> Optional.of(refused.reason()),
        unknown -> Optional.of(Reason.DOOR_TIMED_OUT));
  }

  <T> T match(
      Function<Opened, T> opened, Function<Refused, T> refused, Function<Unknown, T> unknown);

  /** The door said that it opened. */
  record Opened(Instant at) implements Outcome {
    @Override
    public <T> T match(
        Function<Opened, T> opened, Function<Refused, T> refused, Function<Unknown, T> unknown) {
      return opened.apply(this);
    }
  }

  /** The door surely did not open; the visit is given back. */
  record Refused(Reason reason, Instant at) implements Outcome {
    @Override
    public <T> T match(
        Function<Opened, T> opened, Function<Refused, T> refused, Function<Unknown, T> unknown) {
      return refused.apply(this);
    }
  }

  /** The door may have opened; its reason is {@code door_timed_out}. */
  record Unknown(Instant at) implements Outcome {
    @Override
    public <T> T match(
        Function<Opened, T> opened, Function<Refused, T> refused, Function<Unknown, T> unknown) {
      return unknown.apply(this);
    }
  }
}
