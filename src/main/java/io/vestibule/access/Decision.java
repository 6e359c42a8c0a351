package io.vestibule.access;

import java.util.function.Function;

/** Whether policy lets a request through. */
public sealed interface Decision {
  <T> T match(Function<Granted, T> granted, Function<Denied, T> denied);

  /** Policy admits the courier; {@code requireParcel} is what the claim must still check. */
  record Granted(boolean requireParcel) implements Decision {
    @Override
    public <T> T match(Function<Granted, T> granted, Function<Denied, T> denied) {
      return granted.apply(this);
    }
  }

  /** Policy does not. */
  record Denied(Reason reason) implements Decision {
    @Override
    public <T> T match(Function<Granted, T> granted, Function<Denied, T> denied) {
      return denied.apply(this);
    }
  }
}
