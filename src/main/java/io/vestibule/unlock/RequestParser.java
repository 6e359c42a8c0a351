package io.vestibule.unlock;

import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Location;
import io.vestibule.access.Reason;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.CompactJws;
import io.vestibule.signing.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads a courier's request from its bytes; says nothing of who signed it. */
public final class RequestParser {
  /** The most that a request may have. */
  public static final int BYTES_MAX = 2_048;

  private static final String TYPE = "unlock+jwt";
  private static final int LIFE_SECONDS_MAX = 60;
  private static final int JTI_LENGTH_MIN = 16;
  private static final int JTI_LENGTH_MAX = 64;

  /** The last second of the year 9999: far from where an Instant ends. */
  private static final long EPOCH_SECOND_MAX = 253_402_300_799L;

  /** More than twice the way around the earth. */
  private static final double ACCURACY_METERS_MAX = 100_000_000;

  /** What names a key by the request's own word, or asks for more than is understood here. */
  private static final List<String> HEADERS_REFUSED = List.of("crit", "jwk", "jku", "x5c", "x5u");

  private RequestParser() {}

  /** Whatever is wrong with the form comes before the algorithm. */
  public static RequestResult parse(byte[] bytes) {
    return CompactJws.parse(bytes, BYTES_MAX)
        .match(
            parsed -> parse(parsed.jws(), bytes),
            malformed -> new RequestResult.Refused(Reason.MALFORMED, Optional.empty()));
  }

  private static RequestResult parse(CompactJws jws, byte[] bytes) {
    Faults faults = new Faults();
    Claims claims = Claims.read(Fields.of(jws.payload(), faults));
    Optional<Algorithm> algorithm = jws.algorithm().flatMap(Algorithm::parse);
    if (!faults.none() || !wellFormed(jws)) {
      return new RequestResult.Refused(Reason.MALFORMED, claims.jti);
    }
    if (algorithm.isEmpty()) {
      return new RequestResult.Refused(Reason.UNSUPPORTED_ALGORITHM, claims.jti);
    }
    SignedRequest request =
        claims.request(jws.kid().orElseThrow(), algorithm.get(), Sha256.base64Url(bytes));
    return new RequestResult.Parsed(request, jws);
  }

  private static boolean wellFormed(CompactJws jws) {
    for (String name : HEADERS_REFUSED) {
      if (jws.headerHas(name)) {
        return false;
      }
    }
    return jws.algorithm().isPresent()
        && jws.kid().isPresent()
        && jws.type().filter(TYPE::equals).isPresent();
  }

  /** The claims as they were read; what is required is there unless it was noted as a fault. */
  private record Claims(
      Optional<CourierId> courier,
      Optional<DoorId> door,
      Optional<String> jti,
      Optional<Life> life,
      Optional<GrantId> grant,
      Optional<String> parcel,
      Optional<Location> geo) {

    static Claims read(Fields claims) {
      return new Claims(
          claims.parsed("sub", CourierId::parse, "a courier id"),
          claims.parsed("aud", DoorId::parse, "one door id"),
          claims.parsed("jti", Claims::jti, "16 to 64 characters of base64url"),
          life(claims),
          claims.parsed("grant", GrantId::parse, "a grant id"),
          claims.optionalParsed("parcel", Claims::hash, "the base64url SHA-256 of a label"),
          claims.optionalObject("geo").flatMap(Claims::location));
    }

    SignedRequest request(String kid, Algorithm algorithm, String requestHash) {
      return new SignedRequest(
          courier.orElseThrow(),
          kid,
          algorithm,
          door.orElseThrow(),
          jti.orElseThrow(),
          life.orElseThrow().from(),
          life.orElseThrow().until(),
          grant.orElseThrow(),
          parcel,
          geo,
          requestHash);
    }

    private static Optional<String> jti(String text) {
      boolean legal =
          text.length() >= JTI_LENGTH_MIN
              && text.length() <= JTI_LENGTH_MAX
              && Base64Url.digitsOnly(text);
      return legal ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> hash(String text) {
      return Sha256.written(text) ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Life> life(Fields claims) {
      Optional<Long> from = claims.integer("iat", 0, EPOCH_SECOND_MAX);
      Optional<Long> until = claims.integer("exp", 0, EPOCH_SECOND_MAX);
      if (from.isEmpty() || until.isEmpty()) {
        return Optional.empty();
      }
      long seconds = until.get() - from.get();
      if (seconds < 0 || seconds > LIFE_SECONDS_MAX) {
        claims.fault("exp", "must be 0 to " + LIFE_SECONDS_MAX + " s after iat");
      }
      return Optional.of(
          new Life(Instant.ofEpochSecond(from.get()), Instant.ofEpochSecond(until.get())));
    }

    private static Optional<Location> location(Fields geo) {
      Optional<Double> lat = geo.number("lat", -90, 90);
      Optional<Double> lon = geo.number("lon", -180, 180);
      // Read for its form alone: no distance is ever reduced by it.
      geo.optionalNumber("acc", 0, ACCURACY_METERS_MAX);
      return lat.isPresent() && lon.isPresent()
          ? Optional.of(new Location(lat.get(), lon.get()))
          : Optional.empty();
    }
  }

  private record Life(Instant from, Instant until) {}
}
