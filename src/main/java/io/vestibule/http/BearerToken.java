package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of a bearer JWT (RFC 7519), well formed and not yet believed. */
record BearerToken(String text, JsonNode header, JsonNode claims, int signatureBytes) {
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** Empty for anything but a signed compact JWT of two JSON objects, and for one with crit. */
  static Optional<BearerToken> parse(String text) {
    if (!COMPACT.matcher(text).matches()) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.");
    try {
      JsonNode header = Json.read(Base64.getUrlDecoder().decode(parts[0]));
      JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
      int signatureBytes = Base64.getUrlDecoder().decode(parts[2]).length;
      // No extension is understood here, so a critical one must not be passed over (RFC 7515
      // 4.1.11).
      return header.isObject() && claims.isObject() && !header.has("crit")
          ? Optional.of(new BearerToken(text, header, claims, signatureBytes))
          : Optional.empty();
    } catch (MalformedJson | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String algorithm() {
    return header.path("alg").asText("");
  }

  Optional<String> kid() {
    return Optional.ofNullable(header.path("kid").textValue());
  }
}
