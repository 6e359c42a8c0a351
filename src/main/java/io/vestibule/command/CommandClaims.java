package io.vestibule.command;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.json.KnownTexts;
import io.vestibule.json.ObjectReader;
import io.vestibule.signing.CompactJws;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What a signed command says, read and not verified: that is the door's. */
record CommandClaims(DoorId door, UnlockId unlock, Instant expiresAt) {
  private static final int JWS_BYTES_MAX = 2_048;

  /** The last second of the year 9999: far from where an Instant ends. */
  private static final long EPOCH_SECOND_MAX = 253_402_300_799L;

  private static final KnownTexts NAMES = KnownTexts.of("aud", "jti", "exp");

  /** Empty where the text is no command. */
  static Optional<CommandClaims> read(String jws) {
    Members members = new Members();
    return CompactJws.parse(jws.getBytes(StandardCharsets.UTF_8), JWS_BYTES_MAX, members::take)
        .match(
            parsed ->
                parsed.jws().type().equals(Optional.of(CommandSigner.TYPE))
                    ? members.claims()
                    : Optional.empty(),
            malformed -> Optional.empty());
  }

  /** Gathered as they come by. */
  private static final class Members {
    private Optional<DoorId> door = Optional.empty();
    private Optional<UnlockId> unlock = Optional.empty();
    private OptionalLong expiresAt = OptionalLong.empty();

    void take(ObjectReader claim) {
      switch (claim.name(NAMES)) {
        case "aud" -> door = claim.text().flatMap(DoorId::parse);
        case "jti" -> unlock = claim.text().flatMap(UnlockId::parse);
        case "exp" -> expiresAt = claim.integer();
        default -> {
          // The rest is the door's to judge.
        }
      }
    }

    Optional<CommandClaims> claims() {
      boolean whole =
          door.isPresent()
              && unlock.isPresent()
              && expiresAt.isPresent()
              && expiresAt.getAsLong() >= 0
              && expiresAt.getAsLong() <= EPOCH_SECOND_MAX;
      return whole
          ? Optional.of(
              new CommandClaims(
                  door.orElseThrow(),
                  unlock.orElseThrow(),
                  Instant.ofEpochSecond(expiresAt.orElseThrow())))
          : Optional.empty();
    }
  }
}
