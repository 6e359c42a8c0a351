package io.vestibule.access;

import java.util.function.Function;

/** Whether policy lets a request through. */
public sealed interface Decision {
  /** One of the two there are; it allocates nothing. */
  static Granted granted(boolean requireParcel) {
    return requireParcel ? Granted.WITH_PARCEL : Granted.WITHOUT_PARCEL;
  }

  /** The one there is for this reason; it allocates nothing. */
  static Denied denied(Reason reason) {
    return reason.denial();
  }

  <T> T match(Function<Granted, T> granted, Function<Denied, T> denied);

  /** Policy admits the courier; {@code requireParcel} is what the claim must still check. */
  record Granted(boolean requireParcel) implements Decision {
    private static final Granted WITH_PARCEL = new Granted(true);
    private static final Granted WITHOUT_PARCEL = new Granted(false);

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
