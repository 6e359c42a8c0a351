package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.access.Reason;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What a request led to: an attempt, or a refusal that leaves none on record. */
public sealed interface Answer {
  <T> T match(Function<Underway, T> underway, Function<Denied, T> denied);

  /** The request's {@code jti}, once it could be read. */
  Optional<String> jti();

  /**
   * An attempt is on record.
   *
   * @param replayed whether these bytes came before
   * @param outcome completes on the context of whoever asked, within the attempt's deadline; fails
   *     only with {@link io.vestibule.store.StoreUnavailable}
   */
  record Underway(Attempt attempt, Optional<String> jti, boolean replayed, Future<Outcome> outcome)
      implements Answer {
    @Override
    public <T> T match(Function<Underway, T> underway, Function<Denied, T> denied) {
      return underway.apply(this);
    }
  }

  /** Refused before any claim; {@code retryAfter} is zero where asking again has no sense. */
  record Denied(Reason reason, Optional<String> jti, Duration retryAfter) implements Answer {
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);

    /** To be asked again in a second where the reason passes by itself. */
    static Denied of(Reason reason, Optional<String> jti) {
      boolean passing =
          reason == Reason.DOOR_OFFLINE
              || reason == Reason.OVERLOADED
              || reason == Reason.STORE_UNAVAILABLE;
      return new Denied(reason, jti, passing ? RETRY_SOON : Duration.ZERO);
    }

    @Override
    public <T> T match(Function<Underway, T> underway, Function<Denied, T> denied) {
      return denied.apply(this);
    }
  }
}
