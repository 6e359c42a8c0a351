package io.vestibule.command;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a door is connected, listening to commands or not; {@code since} is when it connected,
 * absent while it is not.
 */
public record Presence(boolean online, Optional<Instant> since) {
  public static Presence offline() {
    return new Presence(false, Optional.empty());
  }

  public static Presence onlineSince(Instant since) {
    return new Presence(true, Optional.of(since));
  }
}
