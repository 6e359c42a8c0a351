package io.vestibule.grant;

import io.vestibule.access.Reason;
import java.time.Duration;
import java.util.function.Function;

/** How a claim ended. */
public sealed interface ClaimResult {
  <T> T match(
      Function<Claimed, T> claimed, Function<OnRecord, T> onRecord, Function<Denied, T> denied);

  /** A visit is counted and the attempt is on record, pending. */
  record Claimed() implements ClaimResult {
    @Override
    public <T> T match(
        Function<Claimed, T> claimed, Function<OnRecord, T> onRecord, Function<Denied, T> denied) {
      return claimed.apply(this);
    }
  }

  /** The same bytes were claimed before: this is a retry of that attempt. */
  record OnRecord(Attempt attempt) implements ClaimResult {
    @Override
    public <T> T match(
        Function<Claimed, T> claimed, Function<OnRecord, T> onRecord, Function<Denied, T> denied) {
      return onRecord.apply(this);
    }
  }

  /** Nothing was changed; {@code retryAfter} is zero but for {@code rate_limited}. */
  record Denied(Reason reason, Duration retryAfter) implements ClaimResult {
    @Override
    public <T> T match(
        Function<Claimed, T> claimed, Function<OnRecord, T> onRecord, Function<Denied, T> denied) {
      return denied.apply(this);
    }
  }
}
