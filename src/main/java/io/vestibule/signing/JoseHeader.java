package io.vestibule.signing;

import io.vestibule.json.KnownTexts;
import io.vestibule.json.MalformedJson;
import io.vestibule.json.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the header of a JWS says (RFC 7515, section 4). */
final class JoseHeader {
  private static final KnownTexts NAMES =
      KnownTexts.of("alg", "kid", "typ", "crit", "jwk", "jku", "x5c", "x5u");
  private static final KnownTexts TYPES = KnownTexts.of("unlock+jwt", "command+jwt");
  private static final KnownTexts ALGORITHMS =
      KnownTexts.of(Algorithm.EDDSA.joseName(), Algorithm.ES256.joseName());

  private final List<String> names = new ArrayList<>();
  private Optional<String> algorithm = Optional.empty();
  private Optional<String> kid = Optional.empty();
  private Optional<String> type = Optional.empty();

  private JoseHeader() {}

  /** The bytes are overwritten. */
  static JoseHeader read(byte[] json) throws MalformedJson {
    JoseHeader header = new JoseHeader();
    ObjectReader reader = ObjectReader.open(json);
    while (reader.next()) {
      header.note(reader);
    }
    return header;
  }

  /** The text of {@code alg}. */
  Optional<String> algorithm() {
    return algorithm;
  }

  /** The text of {@code kid}. */
  Optional<String> kid() {
    return kid;
  }

  /** The text of {@code typ}. */
  Optional<String> type() {
    return type;
  }

  boolean has(String name) {
    return names.contains(name);
  }

  private void note(ObjectReader member) {
    String name = member.name(NAMES);
    names.add(name);
    switch (name) {
      case "alg" -> algorithm = member.text(ALGORITHMS);
      case "kid" -> kid = member.text();
      case "typ" -> type = member.text(TYPES);
      default -> {
        // Whether it is there is all that anybody asks.
      }
    }
  }
}
