package io.vestibule.signing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A JWS in compact serialization (RFC 7515, section 7.1), taken apart and not verified. Its
 * signature may be empty, as {@code none} has it; no key verifies that.
 */
public final class CompactJws {
  private final JsonNode header;
  private final JsonNode payload;
  private final byte[] signingInput;
  private final byte[] signature;

  private CompactJws(JsonNode header, JsonNode payload, byte[] signingInput, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.signingInput = signingInput;
    this.signature = signature;
  }

  /**
   * Strict: three parts in canonical base64url; header and payload are JSON objects in UTF-8 with
   * no member twice and of bounded depth.
   */
  public static JwsResult parse(byte[] bytes, int bytesMax) {
    if (bytes.length > bytesMax) {
      return malformed("is over " + bytesMax + " bytes");
    }
    int headerEnd = dot(bytes, 0);
    int payloadEnd = dot(bytes, headerEnd + 1);
    if (payloadEnd == bytes.length) {
      return malformed("has not three parts");
    }
    Optional<JsonNode> header = object(bytes, 0, headerEnd);
    Optional<JsonNode> payload = object(bytes, headerEnd + 1, payloadEnd);
    if (header.isEmpty() || payload.isEmpty() || !digitsOnly(bytes, payloadEnd + 1)) {
      return malformed("has a part that is not canonical base64url of what belongs there");
    }
    // Digits that are no canonical text of any bytes are nobody's signature.
    byte[] signature = Base64Url.decode(bytes, payloadEnd + 1, bytes.length).orElse(new byte[0]);
    byte[] signingInput = Arrays.copyOf(bytes, payloadEnd);
    return new JwsResult.Parsed(
        new CompactJws(header.get(), payload.get(), signingInput, signature));
  }

  /** The text of {@code alg}; empty when it is missing or no string. */
  public Optional<String> algorithm() {
    return headerText("alg");
  }

  /** The text of {@code kid}; empty when it is missing or no string. */
  public Optional<String> kid() {
    return headerText("kid");
  }

  /** The text of {@code typ}; empty when it is missing or no string. */
  public Optional<String> type() {
    return headerText("typ");
  }

  /** Whether the header has the member, with whatever value. */
  public boolean headerHas(String name) {
    return header.has(name);
  }

  /** A JSON object, not to be changed. */
  public JsonNode payload() {
    return payload;
  }

  /** What the signature is over: the first two parts as they came, with the dot between. */
  public byte[] signingInput() {
    return signingInput.clone();
  }

  public byte[] signature() {
    return signature.clone();
  }

  /** Whether the header names the key's own algorithm and the signature is that key's. */
  public boolean signedBy(VerificationKey key) {
    return algorithm().filter(key.algorithm().joseName()::equals).isPresent()
        && key.verifies(signingInput, signature);
  }

  private Optional<String> headerText(String name) {
    JsonNode member = header.path(name);
    return member.isTextual() ? Optional.of(member.textValue()) : Optional.empty();
  }

  /** The index of the next dot, or the end. */
  private static int dot(byte[] bytes, int from) {
    int index = Math.min(from, bytes.length);
    while (index < bytes.length && bytes[index] != '.') {
      index++;
    }
    return index;
  }

  private static boolean digitsOnly(byte[] bytes, int from) {
    return Base64Url.digitsOnly(
        new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1));
  }

  private static Optional<JsonNode> object(byte[] bytes, int from, int to) {
    return Base64Url.decode(bytes, from, to).flatMap(CompactJws::object);
  }

  private static Optional<JsonNode> object(byte[] json) {
    try {
      return Optional.of(Json.read(json)).filter(JsonNode::isObject);
    } catch (MalformedJson e) {
      return Optional.empty();
    }
  }

  private static JwsResult malformed(String fault) {
    return new JwsResult.Malformed(fault);
  }
}
