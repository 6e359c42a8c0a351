package io.vestibule.client;

import io.vestibule.access.DoorId;
import io.vestibule.access.Identifiers;
import io.vestibule.client.Verdict.Forged;
import io.vestibule.client.Verdict.Genuine;
import io.vestibule.client.Verdict.Untimely;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.CompactJws;
import io.vestibule.signing.VerificationKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells a command of the gateway from anything else, as the firmware of a door has to. */
final class CommandVerifier {
  private static final int JWS_BYTES_MAX = 4_096;
  private static final int HOLD_SECONDS_MAX = 60;
  private static final Duration SKEW = Duration.ofSeconds(2);

  private final DoorId door;
  private final CommandKeys keys;

  CommandVerifier(DoorId door, CommandKeys keys) {
    this.door = door;
    this.keys = keys;
  }

  Verdict verify(byte[] jws, Instant now) {
    return CompactJws.parse(jws, JWS_BYTES_MAX)
        .match(parsed -> verified(parsed.jws(), now), malformed -> new Forged(malformed.fault()));
  }

  private Verdict verified(CompactJws jws, Instant now) {
    if (!jws.type().equals(Optional.of("command+jwt")) || jws.headerHas("crit")) {
      return new Forged("is not a command");
    }
    Optional<VerificationKey> key = jws.kid().flatMap(keys::byId);
    if (key.isEmpty() || key.get().algorithm() != Algorithm.EDDSA) {
      return new Forged("is signed with an unknown key");
    }
    return jws.signedBy(key.get()) ? claimed(jws, now) : new Forged("has a bad signature");
  }

  private Verdict claimed(CompactJws jws, Instant now) {
    Faults faults = new Faults();
    Fields claims = Fields.of(jws.payload(), faults);
    Optional<String> unlock = claims.text("jti", 64).filter(Identifiers::legal);
    Optional<Long> hold = claims.integer("hold", 1, HOLD_SECONDS_MAX);
    Optional<Long> from = claims.integer("iat", 0, Integer.MAX_VALUE);
    Optional<Long> until = claims.integer("exp", 0, Integer.MAX_VALUE);
    if (!claims.text("aud", 64).equals(Optional.of(door.text()))) {
      return new Forged("is for another door");
    }
    if (!claims.text("cmd", 32).equals(Optional.of("unlock"))
        || unlock.isEmpty()
        || !faults.none()) {
      return new Forged("has claims that are no command");
    }
    boolean timely =
        !now.isBefore(Instant.ofEpochSecond(from.orElseThrow()).minus(SKEW))
            && now.isBefore(Instant.ofEpochSecond(until.orElseThrow()).plus(SKEW));
    return timely
        ? new Genuine(unlock.get(), hold.orElseThrow().intValue())
        : new Untimely(unlock.get());
  }
}
