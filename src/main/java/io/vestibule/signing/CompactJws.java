package io.vestibule.signing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.json.ObjectReader;
import java.util.Arrays;
import java.util.Optional;

/**
 * A JWS in compact serialization (RFC 7515, section 7.1), taken apart and not verified. Its
 * signature may be empty, as {@code none} has it; no key verifies that.
 */
public final class CompactJws {
  private final byte[] bytes;
  private final int headerEnd;
  private final int payloadEnd;
  private final JoseHeader header;
  private final byte[] signature;

  private CompactJws(byte[] bytes, int headerEnd, int payloadEnd, JoseHeader header) {
    this.bytes = bytes;
    this.headerEnd = headerEnd;
    this.payloadEnd = payloadEnd;
    this.header = header;
    // Digits that are no canonical text of any bytes are nobody's signature.
    this.signature = Base64Url.decode(bytes, payloadEnd + 1, bytes.length).orElse(new byte[0]);
  }

  /** As {@link #parse(byte[], int, PayloadReader)}, for those who ask for the payload later. */
  public static JwsResult parse(byte[] bytes, int bytesMax) {
    return parse(bytes, bytesMax, member -> {});
  }

  /**
   * Strict: three parts in canonical base64url; header and payload are JSON objects in UTF-8 with
   * no member twice and of bounded depth.
   *
   * @param bytes are kept, and not to be changed from now on
   * @param payload gets members also of what proves malformed behind them
   */
  public static JwsResult parse(byte[] bytes, int bytesMax, PayloadReader payload) {
    if (bytes.length > bytesMax) {
      return new JwsResult.Malformed("is over " + bytesMax + " bytes");
    }
    int headerEnd = dot(bytes, 0);
    int payloadEnd = dot(bytes, headerEnd + 1);
    if (payloadEnd == bytes.length) {
      return new JwsResult.Malformed("has not three parts");
    }
    Optional<byte[]> header = Base64Url.decode(bytes, 0, headerEnd);
    Optional<byte[]> claims = Base64Url.decode(bytes, headerEnd + 1, payloadEnd);
    if (header.isPresent() && claims.isPresent() && Base64Url.digitsOnly(bytes, payloadEnd + 1)) {
      try {
        JoseHeader read = JoseHeader.read(header.get());
        read(claims.get(), payload);
        return new JwsResult.Parsed(new CompactJws(bytes, headerEnd, payloadEnd, read));
      } catch (MalformedJson e) {
        // Told below like all the rest, quoting nothing of the bytes.
      }
    }
    return new JwsResult.Malformed(
        "has a part that is not canonical base64url of what belongs there");
  }

  /** The text of {@code alg}; empty when it is missing or no string. */
  public Optional<String> algorithm() {
    return header.algorithm();
  }

  /** The text of {@code kid}; empty when it is missing or no string. */
  public Optional<String> kid() {
    return header.kid();
  }

  /** The text of {@code typ}; empty when it is missing or no string. */
  public Optional<String> type() {
    return header.type();
  }

  /** Whether the header has the member, with whatever value. */
  public boolean headerHas(String name) {
    return header.has(name);
  }

  /** The payload as a tree, made at each call. */
  public JsonNode payload() {
    try {
      return Json.read(Base64Url.decode(bytes, headerEnd + 1, payloadEnd).orElseThrow());
    } catch (MalformedJson e) {
      throw new IllegalStateException("a payload that was well formed before", e);
    }
  }

  /** What the signature is over: the first two parts as they came, with the dot between. */
  public byte[] signingInput() {
    return Arrays.copyOf(bytes, payloadEnd);
  }

  public byte[] signature() {
    return signature.clone();
  }

  /** Whether the header names the key's own algorithm and the signature is that key's. */
  public boolean signedBy(VerificationKey key) {
    return algorithm().filter(key.algorithm().joseName()::equals).isPresent()
        && key.verifies(bytes, payloadEnd, signature);
  }

  /** The index of the next dot, or the end. */
  private static int dot(byte[] bytes, int from) {
    int index = Math.min(from, bytes.length);
    while (index < bytes.length && bytes[index] != '.') {
      index++;
    }
    return index;
  }

  private static void read(byte[] json, PayloadReader payload) throws MalformedJson {
    ObjectReader reader = ObjectReader.open(json);
    while (reader.next()) {
      payload.member(reader);
    }
  }
}
