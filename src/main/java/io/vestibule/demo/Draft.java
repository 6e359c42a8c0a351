package io.vestibule.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.Location;
import io.vestibule.json.Json;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.Sha256;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** An unlock request before it is signed, so that a scene can bend any part of it. */
record Draft(
    Courier courier,
    String door,
    String grant,
    String jti,
    Instant issuedAt,
    long lifeSeconds,
    String label,
    Optional<Location> geo) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int JTI_SIZE = 16;
  private static final long LIFE_SECONDS = 30;

  /** What an honest app would sign now. */
  static Draft of(Courier courier, String door, Grant grant, Instant now) {
    byte[] jti = new byte[JTI_SIZE];
    RANDOM.nextBytes(jti);
    return new Draft(
        courier,
        door,
        grant.id(),
        Base64Url.encode(jti),
        now,
        LIFE_SECONDS,
        grant.label(),
        Optional.empty());
  }

  Draft issuedAt(Instant other) {
    return new Draft(courier, door, grant, jti, other, lifeSeconds, label, geo);
  }

  Draft lifeSeconds(long other) {
    return new Draft(courier, door, grant, jti, issuedAt, other, label, geo);
  }

  Draft label(String other) {
    return new Draft(courier, door, grant, jti, issuedAt, lifeSeconds, other, geo);
  }

  Draft geo(Location other) {
    return new Draft(courier, door, grant, jti, issuedAt, lifeSeconds, label, Optional.of(other));
  }

  ObjectNode claims() {
    ObjectNode claims =
        Json.object()
            .put("sub", courier.id())
            .put("aud", door)
            .put("jti", jti)
            .put("iat", issuedAt.getEpochSecond())
            .put("exp", issuedAt.getEpochSecond() + lifeSeconds)
            .put("grant", grant)
            .put("parcel", Sha256.base64Url(label));
    geo.ifPresent(
        at ->
            claims.set(
                "geo", Json.object().put("lat", at.lat()).put("lon", at.lon()).put("acc", 8)));
    return claims;
  }

  String signed() {
    return courier.phone().sign(claims());
  }
}
