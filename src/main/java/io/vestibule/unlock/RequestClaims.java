package io.vestibule.unlock;

import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Location;
import io.vestibule.json.KnownTexts;
import io.vestibule.json.MalformedJson;
import io.vestibule.json.ObjectReader;
import io.vestibule.json.ObjectReader.Kind;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.PayloadReader;
import io.vestibule.signing.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The claims of one request, gathered as they come by; a JSON null is as good as none. */
final class RequestClaims implements PayloadReader {
  private static final KnownTexts NAMES =
      KnownTexts.of(
          "sub", "aud", "jti", "iat", "exp", "grant", "parcel", "geo", "lat", "lon", "acc");
  private static final int LIFE_SECONDS_MAX = 60;
  private static final int JTI_LENGTH_MIN = 16;
  private static final int JTI_LENGTH_MAX = 64;

  /** The last second of the year 9999: far from where an Instant ends. */
  private static final long EPOCH_SECOND_MAX = 253_402_300_799L;

  /** More than twice the way around the earth. */
  private static final double ACCURACY_METERS_MAX = 100_000_000;

  private Optional<CourierId> courier = Optional.empty();
  private Optional<DoorId> door = Optional.empty();
  private Optional<String> jti = Optional.empty();
  private OptionalLong issuedAt = OptionalLong.empty();
  private OptionalLong expiresAt = OptionalLong.empty();
  private Optional<GrantId> grant = Optional.empty();
  private Optional<String> parcel = Optional.empty();
  private Optional<Location> geo = Optional.empty();

  /** A claim that may be absent is there and not what it should be. */
  private boolean faulty;

  @Override
  public void member(ObjectReader claim) throws MalformedJson {
    switch (claim.name(NAMES)) {
      case "sub" -> courier = claim.text().flatMap(CourierId::parse);
      case "aud" -> door = claim.text().flatMap(DoorId::parse);
      case "jti" -> jti = claim.text().filter(RequestClaims::legalJti);
      case "iat" -> issuedAt = second(claim);
      case "exp" -> expiresAt = second(claim);
      case "grant" -> grant = claim.text().flatMap(GrantId::parse);
      case "parcel" -> {
        parcel = claim.text().filter(Sha256::written);
        faulty |= parcel.isEmpty() && claim.kind() != Kind.NULL;
      }
      case "geo" -> {
        boolean none = claim.kind() == Kind.NULL;
        geo = location(claim);
        faulty |= geo.isEmpty() && !none;
      }
      default -> {
        // RFC 7519, section 4: claims that are not understood are passed over.
      }
    }
  }

  /** Empty unless it is a good one. */
  Optional<String> jti() {
    return jti;
  }

  /** Whether all claims that must be there are, and each is what it should be. */
  boolean complete() {
    return !faulty
        && courier.isPresent()
        && door.isPresent()
        && jti.isPresent()
        && grant.isPresent()
        && issuedAt.isPresent()
        && expiresAt.isPresent()
        && shortLived(expiresAt.getAsLong() - issuedAt.getAsLong());
  }

  /** Only of complete claims. */
  SignedRequest request(String kid, Algorithm algorithm, RequestHash hash) {
    return new SignedRequest(
        courier.orElseThrow(),
        kid,
        algorithm,
        door.orElseThrow(),
        jti.orElseThrow(),
        Instant.ofEpochSecond(issuedAt.orElseThrow()),
        Instant.ofEpochSecond(expiresAt.orElseThrow()),
        grant.orElseThrow(),
        parcel,
        geo,
        hash);
  }

  private static boolean legalJti(String text) {
    return text.length() >= JTI_LENGTH_MIN
        && text.length() <= JTI_LENGTH_MAX
        && Base64Url.digitsOnly(text);
  }

  private static boolean shortLived(long seconds) {
    return seconds >= 0 && seconds <= LIFE_SECONDS_MAX;
  }

  private static OptionalLong second(ObjectReader claim) {
    OptionalLong second = claim.integer();
    boolean legal =
        second.isPresent() && second.getAsLong() >= 0 && second.getAsLong() <= EPOCH_SECOND_MAX;
    return legal ? second : OptionalLong.empty();
  }

  /** Empty, too, where something in it is not what it should be. */
  private static Optional<Location> location(ObjectReader geo) throws MalformedJson {
    if (!geo.enter()) {
      return Optional.empty();
    }
    OptionalDouble lat = OptionalDouble.empty();
    OptionalDouble lon = OptionalDouble.empty();
    boolean accurate = true;
    while (geo.next()) {
      switch (geo.name(NAMES)) {
        case "lat" -> lat = within(geo, -90, 90);
        case "lon" -> lon = within(geo, -180, 180);
        // Read for its form alone: no distance is ever reduced by it.
        case "acc" ->
            accurate = geo.kind() == Kind.NULL || within(geo, 0, ACCURACY_METERS_MAX).isPresent();
        default -> {
          // Passed over like claims.
        }
      }
    }
    return accurate && lat.isPresent() && lon.isPresent()
        ? Optional.of(new Location(lat.getAsDouble(), lon.getAsDouble()))
        : Optional.empty();
  }

  private static OptionalDouble within(ObjectReader member, double min, double max) {
    OptionalDouble number = member.number();
    boolean inside =
        number.isPresent() && number.getAsDouble() >= min && number.getAsDouble() <= max;
    return inside ? number : OptionalDouble.empty();
  }
}
