package io.vestibule.unlock;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.Reason;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.VerificationKey;
import io.vestibule.testing.Keys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Optional;

/** Signs requests of whatever text with a courier's two keys, and says what becomes of them. */
final class RequestTokens {
  static final String CLAIMS =
      "{\"sub\":\"courier-1\",\"aud\":\"door-1\",\"jti\":\"0123456789abcdef\","
          + "\"iat\":1795334400,\"exp\":1795334460,\"grant\":\"grant-1\"}";

  private static final KeyPair ED25519 = Keys.pair("Ed25519", "");
  private static final KeyPair P256 = Keys.pair("EC", "secp256r1");
  private static final VerificationKey ED25519_KEY =
      VerificationKey.of(Algorithm.EDDSA, ED25519.getPublic());
  private static final VerificationKey P256_KEY =
      VerificationKey.of(Algorithm.ES256, P256.getPublic());
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private RequestTokens() {}

  /** The courier's key of that algorithm. */
  static VerificationKey key(Algorithm algorithm) {
    return switch (algorithm) {
      case EDDSA -> ED25519_KEY;
      case ES256 -> P256_KEY;
    };
  }

  static String header(Algorithm algorithm) {
    return header(algorithm.joseName(), algorithm);
  }

  static String header(String algorithm, Algorithm ofKey) {
    return "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"unlock+jwt\"}"
        .formatted(algorithm, key(ofKey).kid());
  }

  /** The object with more members at its end. */
  static String with(String json, String members) {
    return json.substring(0, json.length() - 1) + "," + members + "}";
  }

  static String part(String json) {
    return Base64Url.encode(json.getBytes(UTF_8));
  }

  static String signed(Algorithm algorithm, String header, String claims)
      throws GeneralSecurityException {
    return seal(algorithm, part(header) + "." + part(claims));
  }

  /** Whatever stands before the last dot, signed by the courier as it stands. */
  static String seal(Algorithm algorithm, String input) throws GeneralSecurityException {
    return input + "." + Base64Url.encode(signature(algorithm, input.getBytes(UTF_8)));
  }

  static byte[] signature(Algorithm algorithm, byte[] input) throws GeneralSecurityException {
    Signature signing =
        Signature.getInstance(
            switch (algorithm) {
              case EDDSA -> "Ed25519";
              case ES256 -> "SHA256withECDSAinP1363Format";
            });
    signing.initSign(pair(algorithm).getPrivate());
    signing.update(input);
    return signing.sign();
  }

  /** The digit of base64url with some of its bits turned. */
  static char digit(char digit, int bits) {
    return DIGITS.charAt(DIGITS.indexOf(digit) ^ bits);
  }

  static RequestResult.Parsed assertHolds(Algorithm algorithm, String token) {
    RequestResult.Parsed parsed = parsed(token);
    assertThat(parsed.verify(Optional.of(key(algorithm)))).as(token).isEmpty();
    return parsed;
  }

  static void assertBadSignature(Algorithm algorithm, String token) {
    assertThat(parsed(token).verify(Optional.of(key(algorithm))))
        .as(token)
        .hasValue(Reason.BAD_SIGNATURE);
  }

  static void assertMalformed(String token) {
    assertThat(reason(token.getBytes(UTF_8))).as(token).isEqualTo(Reason.MALFORMED);
  }

  static void assertUnsupported(String token) {
    assertThat(reason(token.getBytes(UTF_8))).as(token).isEqualTo(Reason.UNSUPPORTED_ALGORITHM);
  }

  static RequestResult.Parsed parsed(String token) {
    return RequestParser.parse(token.getBytes(US_ASCII))
        .match(
            parsed -> parsed,
            refused -> {
              throw new AssertionError(refused.reason() + " " + token);
            });
  }

  /** Why the bytes are refused before any key is looked at. */
  static Reason reason(byte[] token) {
    return RequestParser.parse(token)
        .match(
            parsed -> {
              throw new AssertionError("parsed");
            },
            RequestResult.Refused::reason);
  }

  private static KeyPair pair(Algorithm algorithm) {
    return switch (algorithm) {
      case EDDSA -> ED25519;
      case ES256 -> P256;
    };
  }
}
