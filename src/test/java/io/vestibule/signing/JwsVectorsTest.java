package io.vestibule.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.Keys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each class of JWS whose header, signature and key do not belong together. */
class JwsVectorsTest {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final KeyPair ED25519 = Keys.pair("Ed25519", "");
  private static final KeyPair P256 = Keys.pair("EC", "secp256r1");
  private static final VerificationKey EDDSA_KEY =
      VerificationKey.of(Algorithm.EDDSA, ED25519.getPublic());
  private static final VerificationKey ES256_KEY =
      VerificationKey.of(Algorithm.ES256, P256.getPublic());

  @Test
  void header_namingTheKeysOwnAlgorithm_isSigned() throws Exception {
    assertThat(signedBy(EDDSA_KEY, eddsa(input("EdDSA")))).isTrue();
    assertThat(signedBy(ES256_KEY, es256(input("ES256")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ES256", "eddsa", "EDDSA", "Ed25519", "Ed448", "EdDSA ", "none", "None", "HS256", "RS256",
        "PS256", "ES384", "ES512", "ES256K", ""
      })
  void header_namingAnotherAlgorithm_isNotSigned_thoughTheSignatureIsTheEdKeys(String algorithm)
      throws Exception {
    assertThat(signedBy(EDDSA_KEY, eddsa(input(algorithm)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EdDSA", "es256", "ES256K", "ES384", "ES512", "ESP256", "none", "NONE", "HS256", "RS256", ""
      })
  void header_namingAnotherAlgorithm_isNotSigned_thoughTheSignatureIsTheP256Keys(String algorithm)
      throws Exception {
    assertThat(signedBy(ES256_KEY, es256(input(algorithm)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"alg\":null}", "{\"alg\":[\"EdDSA\"]}", "{\"ALG\":\"EdDSA\"}"})
  void header_withoutAlgorithm_isNotSigned(String header) throws Exception {
    assertThat(signedBy(EDDSA_KEY, eddsa(part(header) + "." + part("{}")))).isFalse();
  }

  @Test
  void signatureOfOneAlgorithm_underTheOthersHeader_isNotSigned() throws Exception {
    for (VerificationKey key : List.of(EDDSA_KEY, ES256_KEY)) {
      assertThat(signedBy(key, es256(input("EdDSA")))).isFalse();
      assertThat(signedBy(key, eddsa(input("ES256")))).isFalse();
    }
  }

  @Test
  void headerSwapped_afterSigning_isNotSigned() throws Exception {
    String eddsa = eddsa(input("EdDSA"));
    String es256 = es256(input("ES256"));

    assertThat(signedBy(EDDSA_KEY, input("ES256") + signaturePart(eddsa))).isFalse();
    assertThat(signedBy(EDDSA_KEY, input("EdDSA") + signaturePart(es256))).isFalse();
    assertThat(signedBy(ES256_KEY, input("EdDSA") + signaturePart(es256))).isFalse();
    assertThat(signedBy(ES256_KEY, input("ES256") + signaturePart(eddsa))).isFalse();
    assertThat(signedBy(ES256_KEY, input("none") + ".")).isFalse();
    assertThat(signedBy(ES256_KEY, input("ES256") + ".")).isFalse();
  }

  @Test
  void partsOfTwoTokens_areNotSigned() throws Exception {
    String other = part("{\"alg\":\"EdDSA\"}") + "." + part("{\"a\":2}");

    assertThat(signedBy(EDDSA_KEY, eddsa(other))).isTrue();
    assertThat(signedBy(EDDSA_KEY, other + signaturePart(eddsa(input("EdDSA"))))).isFalse();
  }

  @Test
  void signatureOverSomethingElseThanTheTwoParts_isNotSigned() throws Exception {
    String input = input("EdDSA");
    String payload = input.substring(input.indexOf('.') + 1);
    for (byte[] signed :
        List.of(
            payload.getBytes(US_ASCII),
            "{\"a\":1}".getBytes(US_ASCII),
            "{\"alg\":\"EdDSA\"}.{\"a\":1}".getBytes(US_ASCII),
            (input + ".").getBytes(US_ASCII),
            input.replace(".", "").getBytes(US_ASCII),
            MessageDigest.getInstance("SHA-256").digest(input.getBytes(US_ASCII)),
            input.getBytes(UTF_16BE))) {
      byte[] signature = sign("Ed25519", ED25519, signed);

      assertThat(signedBy(EDDSA_KEY, input + "." + Base64Url.encode(signature))).isFalse();
    }
  }

  @Test
  void hmac_withThePublicKeyAsItsSecret_isNotSigned() throws Exception {
    for (VerificationKey key : List.of(EDDSA_KEY, ES256_KEY)) {
      byte[] encoded = key.key().getEncoded();
      for (byte[] secret :
          List.of(
              encoded,
              Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length),
              Keys.pem("PUBLIC KEY", encoded).getBytes(US_ASCII),
              key.toJwk().toString().getBytes(US_ASCII),
              key.kid().getBytes(US_ASCII))) {
        for (String algorithm : List.of("HS256", "EdDSA", "ES256")) {
          assertThat(signedBy(key, hs256(input(algorithm), secret))).isFalse();
        }
      }
    }
  }

  @Test
  void signature_inAnotherSpellingOfBase64_isNotSigned() throws Exception {
    for (String jws : List.of(eddsa(input("EdDSA")), es256(input("ES256")))) {
      VerificationKey key = jws.startsWith(input("EdDSA")) ? EDDSA_KEY : ES256_KEY;
      assertThat(signedBy(key, jws)).isTrue();
      String withoutLast = jws.substring(0, jws.length() - 1);
      // 86 digits hold four bits more than 64 bytes.
      int digit = DIGITS.indexOf(jws.charAt(jws.length() - 1));
      for (int more = 1; more < 16; more++) {
        assertThat(signedBy(key, withoutLast + DIGITS.charAt(digit + more))).isFalse();
      }
      for (String tail : List.of("=", "==", "A", "AA", "\n", " ", ".", "\u0000")) {
        assertThat(signedBy(key, jws + tail)).isFalse();
      }
    }
  }

  @Test
  void es256_inDer_isNotSigned() throws Exception {
    byte[] der = sign("SHA256withECDSA", P256, input("ES256").getBytes(US_ASCII));

    assertThat(signedBy(ES256_KEY, input("ES256") + "." + Base64Url.encode(der))).isFalse();
  }

  private static boolean signedBy(VerificationKey key, String text) {
    return CompactJws.parse(text.getBytes(UTF_8), 2_048)
        .match(parsed -> parsed.jws().signedBy(key), malformed -> false);
  }

  private static String input(String algorithm) {
    return part("{\"alg\":\"" + algorithm + "\"}") + "." + part("{\"a\":1}");
  }

  private static String eddsa(String input) throws GeneralSecurityException {
    return input + "." + Base64Url.encode(sign("Ed25519", ED25519, input.getBytes(US_ASCII)));
  }

  private static String es256(String input) throws GeneralSecurityException {
    byte[] signature = sign("SHA256withECDSAinP1363Format", P256, input.getBytes(US_ASCII));
    return input + "." + Base64Url.encode(signature);
  }

  private static String hs256(String input, byte[] secret) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return input + "." + Base64Url.encode(mac.doFinal(input.getBytes(US_ASCII)));
  }

  private static byte[] sign(String algorithm, KeyPair pair, byte[] input)
      throws GeneralSecurityException {
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(pair.getPrivate());
    signing.update(input);
    return signing.sign();
  }

  private static String signaturePart(String jws) {
    return jws.substring(jws.lastIndexOf('.'));
  }

  private static String part(String json) {
    return Base64Url.encode(json.getBytes(UTF_8));
  }
}
