package io.vestibule.door;

import io.vestibule.access.DoorId;
import io.vestibule.directory.DoorEntry;
import io.vestibule.directory.DoorSecret;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The answer to a CONNECT. */
sealed interface ConnectDecision {
  <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused);

  /**
   * The door is who it says.
   *
   * @param until the end of its certificate
   * @param secret what it proved to know, where it has no certificate
   */
  record Accepted(DoorId door, Optional<Instant> until, Optional<DoorSecret> secret)
      implements ConnectDecision {
    /** Whether it would still be let in; its entry may have changed while it was. */
    boolean holds(Optional<DoorEntry> entry) {
      return entry.isPresent() && (secret.isEmpty() || entry.get().secret().equals(secret));
    }

    @Override
    public <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused) {
      return accepted.apply(this);
    }
  }

  /** The connection is closed after the code. */
  record Refused(Refusal refusal) implements ConnectDecision {
    @Override
    public <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused) {
      return refused.apply(this);
    }
  }
}
