package io.vestibule.unlock;

import io.vestibule.access.Courier;
import io.vestibule.access.Premises;
import io.vestibule.access.Reason;
import java.util.Optional;
import java.util.function.Function;

/** What is known of a request before any claim. */
sealed interface Vetted {
  <T> T match(
      Function<Untrusted, T> untrusted, Function<Refused, T> refused, Function<Cleared, T> cleared);

  /** Its signature is not proven; nothing is looked up for it. */
  record Untrusted(Reason reason, Optional<String> jti) implements Vetted {
    @Override
    public <T> T match(
        Function<Untrusted, T> untrusted,
        Function<Refused, T> refused,
        Function<Cleared, T> cleared) {
      return untrusted.apply(this);
    }
  }

  /** Its signature is good and it is refused all the same, unless it is a retry. */
  record Refused(Denials.Asked asked, Reason reason) implements Vetted {
    SignedRequest request() {
      return asked.request();
    }

    /** Whether the request names another door than the one asked. */
    boolean elsewhere() {
      return !asked.submission().door().equals(Optional.of(request().door()));
    }

    @Override
    public <T> T match(
        Function<Untrusted, T> untrusted,
        Function<Refused, T> refused,
        Function<Cleared, T> cleared) {
      return refused.apply(this);
    }
  }

  /** Its signature is good, policy admits it and the door is here; a claim decides the rest. */
  record Cleared(SignedRequest request, Courier courier, Premises premises, boolean requireParcel)
      implements Vetted {
    Denials.Asked asked(Submission submission) {
      return new Denials.Asked(request, courier, Optional.of(premises), submission);
    }

    @Override
    public <T> T match(
        Function<Untrusted, T> untrusted,
        Function<Refused, T> refused,
        Function<Cleared, T> cleared) {
      return cleared.apply(this);
    }
  }
}
