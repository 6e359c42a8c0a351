package io.vestibule.unlock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.Reason;
import io.vestibule.json.Json;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.Sha256;
import io.vestibule.signing.Signer;
import io.vestibule.signing.VerificationKey;
import java.util.Optional;

/** Makes requests, and holds what the parser says of them against the reference. */
final class Requests {
  private Requests() {}

  /** Claims of every kind. */
  static ObjectNode claims() {
    ObjectNode claims =
        Json.object()
            .put("sub", "courier-1")
            .put("aud", "door-1")
            .put("jti", "0123456789abcdef")
            .put("iat", 1_795_334_400)
            .put("exp", 1_795_334_460)
            .put("grant", "grant-1")
            .put("parcel", Sha256.base64Url("label"));
    claims.set("geo", Json.object().put("lat", 40.7127).put("lon", -74.0059).put("acc", 10));
    return claims;
  }

  static byte[] signed(Signer signer) {
    return signer.sign("unlock+jwt", claims()).getBytes(UTF_8);
  }

  /** With a signature of the right size that nobody made. */
  static byte[] unsigned(byte[] header, byte[] payload) {
    return (Base64Url.encode(header)
            + "."
            + Base64Url.encode(payload)
            + "."
            + Base64Url.encode(new byte[64]))
        .getBytes(UTF_8);
  }

  /**
   * What becomes of the bytes where the courier has this key and no other; empty: they are good.
   */
  static Optional<Reason> judged(byte[] bytes, VerificationKey key) {
    return RequestParser.parse(bytes)
        .match(
            parsed ->
                parsed.verify(
                    Optional.of(key).filter(own -> own.kid().equals(parsed.request().kid()))),
            refused -> Optional.of(refused.reason()));
  }

  /** What has to become of them, by the reference, unless they are what the key signed. */
  static Reason expected(byte[] bytes, VerificationKey key) {
    ReferenceParser.Read read = ReferenceParser.read(bytes);
    return read.reason()
        .orElseGet(
            () ->
                read.request().orElseThrow().kid().equals(key.kid())
                    ? Reason.BAD_SIGNATURE
                    : Reason.UNKNOWN_KEY);
  }

  /** Fails unless parser and reference say the same; gives the reason that they give. */
  static Optional<Reason> agreed(byte[] bytes) {
    ReferenceParser.Read expected = ReferenceParser.read(bytes);
    RequestResult result = RequestParser.parse(bytes.clone());

    if (result instanceof RequestResult.Parsed parsed) {
      assertThat(expected.request()).hasValue(parsed.request());
    } else {
      assertThat(result)
          .isEqualTo(
              new RequestResult.Refused(
                  expected.reason().orElse(Reason.OVERLOADED), expected.jti()));
    }
    return expected.reason();
  }
}
