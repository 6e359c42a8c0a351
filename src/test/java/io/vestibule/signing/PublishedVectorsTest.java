package io.vestibule.signing;

import static io.vestibule.signing.Vectors.accepted;
import static io.vestibule.signing.Vectors.ed25519;
import static io.vestibule.signing.Vectors.hex;
import static io.vestibule.signing.Vectors.p256;
import static io.vestibule.signing.Vectors.refused;
import static io.vestibule.signing.Vectors.resource;
import static io.vestibule.signing.Vectors.verified;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 6979, 7515, 7517, 7638, 8032 and 8037 that bear on the two algorithms. */
class PublishedVectorsTest {
  private static final byte[] ED25519_PKCS8 = hex("302e020100300506032b657004220420");
  private static final String RFC_8037_X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  private static final String RFC_8037_D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  private static final JsonNode RFC_7515 = resource("rfc7515.json");
  private static final JsonNode RFC_7517 = resource("rfc7517.json");

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/rfc8032-ed25519.csv", useHeadersInDisplayName = true)
  void rfc8032_section71_signsAndVerifies(
      String section, String secret, String key, String message, String signature) {
    VerificationKey read = accepted(ed25519(hex(key)));

    assertThat(verified(read, hex(message), hex(signature))).as(section).isTrue();
    for (Jce jce : List.of(Providers.installed(), Providers.bouncyCastle())) {
      assertThat(sign(jce, hex(secret), hex(message))).isEqualTo(hex(signature));
    }
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/vectors/rfc8032-ed25519-variants.csv",
      useHeadersInDisplayName = true)
  void rfc8032_sections72And73_withContextOrPrehash_areRefused(
      String section, String key, String message, String signature) {
    VerificationKey read = accepted(ed25519(hex(key)));

    assertThat(verified(read, hex(message), hex(signature))).as(section).isFalse();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/rfc6979-p256.csv", useHeadersInDisplayName = true)
  void rfc6979_a25_verifies_withItsOwnHashAlone(String message, String hash, String signature) {
    VerificationKey key =
        accepted(
            p256(
                hex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"),
                hex("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299")));

    assertThat(verified(key, message.getBytes(US_ASCII), hex(signature)))
        .isEqualTo(hash.equals("SHA-256"));
  }

  @Test
  void rfc8037_a1ToA3_privateKeyIsRefused_publicKeyHasItsThumbprint() {
    assertThat(refused(rfc8037Key().put("d", RFC_8037_D))).contains("private");
    assertThat(accepted(rfc8037Key()).kid())
        .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  @Test
  void rfc8037_a4AndA5_signsAndVerifies() {
    byte[] input =
        ("eyJhbGciOiJFZERTQSJ9." + Base64Url.encode("Example of Ed25519 signing".getBytes(UTF_8)))
            .getBytes(US_ASCII);
    byte[] signature =
        decoded(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");

    assertThat(verified(accepted(rfc8037Key()), input, signature)).isTrue();
    for (Jce jce : List.of(Providers.installed(), Providers.bouncyCastle())) {
      assertThat(sign(jce, decoded(RFC_8037_D), input)).isEqualTo(signature);
    }
  }

  @Test
  void rfc7515_a3_isSignedByItsKey() {
    VerificationKey key = accepted(RFC_7515.at("/A.3/key"));
    CompactJws jws = parsed(RFC_7515.at("/A.3/jws").asText()).orElseThrow();

    assertThat(jws.signedBy(key)).isTrue();
    assertThat(verified(key, jws.signingInput(), jws.signature())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A.1", "A.2", "A.4"})
  void rfc7515_examplesOfOtherAlgorithms_haveKeysThatAreRefused(String section) {
    assertThat(refused(RFC_7515.path(section).path("key"))).startsWith("kty and crv must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A.1", "A.2", "A.4", "A.5", "A.6", "A.7"})
  void rfc7515_examplesOfOtherAlgorithmsAndForms_areSignedByNobody(String section) {
    String text = RFC_7515.path(section).path("jws").asText();
    assertThat(text).isNotEmpty();

    for (JsonNode key : List.of(RFC_7515.at("/A.3/key"), rfc8037Key())) {
      assertThat(parsed(text).filter(jws -> jws.signedBy(accepted(key)))).isEmpty();
    }
  }

  @Test
  void rfc7517_section3_isRead_andNamedByItsThumbprint() {
    VerificationKey key = accepted(RFC_7517.path("3"));

    assertThat(key.kid()).isEqualTo("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
    assertThat(key).isEqualTo(accepted(RFC_7515.at("/A.3/key")));
  }

  @Test
  void rfc7517_appendixA_isRefused_butForAKeyThatIsNotForEncryption() {
    ObjectNode forEncryption = RFC_7517.path("A.1 EC").deepCopy();

    assertThat(refused(forEncryption)).isEqualTo("use must be sig");
    forEncryption.remove("use");
    assertThat(accepted(forEncryption).kid())
        .isEqualTo("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s");
    assertThat(refused(RFC_7517.path("A.2 EC"))).contains("private");
    for (String section : List.of("A.1 RSA", "A.3 AES", "A.3 HMAC")) {
      assertThat(refused(RFC_7517.path(section))).startsWith("kty and crv must be");
    }
  }

  @Test
  void rfc7638_section31_hashesToItsThumbprint() {
    JsonNode rsa = RFC_7517.path("A.1 RSA");
    ObjectNode required = Json.object();
    for (String name : List.of("e", "kty", "n")) {
      required.set(name, rsa.path(name));
    }

    assertThat(Sha256.base64Url(Json.write(required)))
        .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  }

  private static ObjectNode rfc8037Key() {
    return ed25519(decoded(RFC_8037_X));
  }

  private static byte[] sign(Jce jce, byte[] secret, byte[] input) {
    byte[] pkcs8 = Vectors.joined(ED25519_PKCS8, secret);
    return jce.sign(Algorithm.EDDSA, jce.privateKey(Algorithm.EDDSA, pkcs8), input);
  }

  private static Optional<CompactJws> parsed(String text) {
    return CompactJws.parse(text.getBytes(UTF_8), 4_096)
        .match(parsed -> Optional.of(parsed.jws()), malformed -> Optional.empty());
  }

  private static byte[] decoded(String text) {
    return Base64Url.decode(text).orElseThrow();
  }
}
