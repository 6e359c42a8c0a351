package io.vestibule.unlock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Location;
import io.vestibule.access.Reason;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.signing.Algorithm;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads requests by the contract's words, slowly: into trees of Jackson's making, with the JDK's
 * base64. What {@link RequestParser} says has to be the same.
 */
final class ReferenceParser {
  private static final List<String> HEADERS_REFUSED = List.of("crit", "jwk", "jku", "x5c", "x5u");
  private static final Pattern DIGITS = Pattern.compile("[A-Za-z0-9_-]*");
  private static final long EPOCH_SECOND_MAX = 253_402_300_799L;

  /** A request; or the reason against it, and the jti if there is one. */
  record Read(Optional<SignedRequest> request, Optional<Reason> reason, Optional<String> jti) {}

  private ReferenceParser() {}

  static Read read(byte[] bytes) {
    String[] parts = new String(bytes, ISO_8859_1).split("\\.", -1);
    if (bytes.length > 2_048 || parts.length != 3 || !DIGITS.matcher(parts[2]).matches()) {
      return refused(Reason.MALFORMED, Optional.empty());
    }
    Optional<JsonNode> header = decoded(parts[0]).flatMap(ReferenceParser::object);
    Optional<JsonNode> payload = decoded(parts[1]).flatMap(ReferenceParser::object);
    return header.isEmpty() || payload.isEmpty()
        ? refused(Reason.MALFORMED, Optional.empty())
        : read(header.get(), payload.get(), bytes);
  }

  private static Read read(JsonNode header, JsonNode payload, byte[] bytes) {
    Faults faults = new Faults();
    Fields claims = Fields.of(payload, faults);
    Optional<CourierId> courier = claims.parsed("sub", CourierId::parse, "");
    Optional<DoorId> door = claims.parsed("aud", DoorId::parse, "");
    Optional<String> jti = claims.parsed("jti", text -> matching(text, "[\\w-]{16,64}"), "");
    Optional<Long> from = claims.integer("iat", 0, EPOCH_SECOND_MAX);
    Optional<Long> until = claims.integer("exp", 0, EPOCH_SECOND_MAX);
    Optional<GrantId> grant = claims.parsed("grant", GrantId::parse, "");
    Optional<String> parcel = claims.optionalParsed("parcel", ReferenceParser::hash, "");
    Optional<Location> geo = claims.optionalObject("geo").flatMap(ReferenceParser::location);
    if (!faults.none()
        || !wellFormed(header)
        || until.get() - from.get() > 60
        || until.get() < from.get()) {
      return refused(Reason.MALFORMED, jti);
    }
    Optional<Algorithm> algorithm = Algorithm.parse(header.path("alg").textValue());
    if (algorithm.isEmpty()) {
      return refused(Reason.UNSUPPORTED_ALGORITHM, jti);
    }
    SignedRequest request =
        new SignedRequest(
            courier.get(),
            header.path("kid").textValue(),
            algorithm.get(),
            door.get(),
            jti.get(),
            Instant.ofEpochSecond(from.get()),
            Instant.ofEpochSecond(until.get()),
            grant.get(),
            parcel,
            geo,
            new RequestHash(bytes));
    return new Read(Optional.of(request), Optional.empty(), jti);
  }

  private static boolean wellFormed(JsonNode header) {
    return HEADERS_REFUSED.stream().noneMatch(header::has)
        && header.path("alg").isTextual()
        && header.path("kid").isTextual()
        && header.path("typ").asText().equals("unlock+jwt")
        && header.path("typ").isTextual();
  }

  private static Optional<Location> location(Fields geo) {
    Optional<Double> lat = geo.number("lat", -90, 90);
    Optional<Double> lon = geo.number("lon", -180, 180);
    geo.optionalNumber("acc", 0, 100_000_000);
    return lat.isPresent() && lon.isPresent()
        ? Optional.of(new Location(lat.get(), lon.get()))
        : Optional.empty();
  }

  private static Optional<String> hash(String text) {
    return decoded(text).filter(hash -> hash.length == 32).map(hash -> text);
  }

  private static Optional<String> matching(String text, String pattern) {
    return text.matches(pattern) ? Optional.of(text) : Optional.empty();
  }

  /** Empty unless encoding it again gives the same text. */
  private static Optional<byte[]> decoded(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.getBytes(UTF_8));
      return Optional.of(bytes)
          .filter(
              same -> Base64.getUrlEncoder().withoutPadding().encodeToString(same).equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> object(byte[] json) {
    try {
      JsonNode node = Json.read(json);
      return node.isObject() && strict(json) ? Optional.of(node) : Optional.empty();
    } catch (MalformedJson e) {
      return Optional.empty();
    }
  }

  /**
   * The two things that Jackson lets pass and a request must not have: half of a surrogate pair,
   * and a 65th digit behind a leading zero.
   */
  private static boolean strict(byte[] json) {
    boolean strict = true;
    try (JsonParser parser = new JsonFactory().createParser(new String(json, UTF_8))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String text = parser.getText();
        strict &=
            token.isNumeric()
                ? text.chars().filter(Character::isDigit).count() <= 64
                : UTF_8.newEncoder().canEncode(text);
      }
    } catch (IOException e) {
      throw new IllegalStateException("read as a tree but not as tokens", e);
    }
    return strict;
  }

  private static Read refused(Reason reason, Optional<String> jti) {
    return new Read(Optional.empty(), Optional.of(reason), jti);
  }
}
