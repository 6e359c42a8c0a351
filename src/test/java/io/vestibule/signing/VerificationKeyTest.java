package io.vestibule.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.vestibule.json.Json;
import io.vestibule.testing.Keys;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeyTest {
  private static final String RFC_8037_X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  private static final String RFC_7515_X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
  private static final String RFC_7515_Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger N =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final byte[] INPUT = "input".getBytes(US_ASCII);

  @Test
  void rfc8037_appendixA_keyAndThumbprintAndSignature_hold() {
    VerificationKey key = accepted(ed25519Jwk());

    assertThat(key.kid()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assertThat(key.algorithm()).isEqualTo(Algorithm.EDDSA);
    assertThat(
            verifies(
                key,
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"))
        .isTrue();
  }

  @Test
  void rfc7515_appendixA3_es256_verifies() {
    VerificationKey key = accepted(p256Jwk());

    assertThat(key.algorithm()).isEqualTo(Algorithm.ES256);
    assertThat(
            verifies(
                key,
                "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
                    + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
                "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void rfc8032_section71_verifies(String x, String message, String signature) {
    VerificationKey key = accepted(ed25519Jwk(HexFormat.of().parseHex(x)));

    assertThat(key.verifies(HexFormat.of().parseHex(message), HexFormat.of().parseHex(signature)))
        .isTrue();
  }

  @Test
  void kid_ofP256_isTheThumbprintThatNimbusComputes() throws Exception {
    VerificationKey key = accepted(p256Jwk());

    assertThat(key.kid())
        .isEqualTo(ECKey.parse(p256Jwk().toString()).computeThumbprint().toString());
  }

  @Test
  void toJwk_isPublicAndCanonical_andReadsBackAsTheSameKey() throws Exception {
    for (VerificationKey key : List.of(Keys.ed25519().publicKey(), Keys.p256().publicKey())) {
      ObjectNode jwk = key.toJwk();

      assertThat(accepted(jwk)).isEqualTo(key);
      assertThat(jwk.path("kid").asText()).isEqualTo(key.kid());
      assertThat(jwk.path("use").asText()).isEqualTo("sig");
      assertThat(jwk.path("alg").asText()).isEqualTo(key.algorithm().joseName());
      assertThat(JWK.parse(jwk.toString()).isPrivate()).isFalse();
    }
  }

  @Test
  void jwksDocument_holdsEachKey() throws Exception {
    VerificationKey first = Keys.ed25519().publicKey();
    VerificationKey second = Keys.ed25519().publicKey();

    assertThat(Json.write(Jwks.document(List.of(first, second))))
        .isEqualTo("{\"keys\":[" + first.toJwk() + "," + second.toJwk() + "]}");
  }

  @Test
  void of_keyOfTheJdk_isTheSameAsItsJwk() {
    VerificationKey key =
        VerificationKey.of(Algorithm.ES256, Keys.pair("EC", "secp256r1").getPublic());

    assertThat(accepted(key.toJwk())).isEqualTo(key);
    assertThatThrownBy(() -> VerificationKey.of(Algorithm.EDDSA, key.key()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> VerificationKey.of(Algorithm.ES256, Keys.pair("EC", "secp384r1").getPublic()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jwk_withPrivateMember_isRefused() {
    assertThat(refused(ed25519Jwk().put("d", "x"))).contains("private");
    assertThat(refused(p256Jwk().putNull("d"))).contains("private");
  }

  @Test
  void jwk_ofAnotherKind_isRefused() throws Exception {
    for (String jwk :
        List.of(
            "[]",
            "\"x\"",
            "{}",
            "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
            "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
            "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + RFC_8037_X + "\"}",
            "{\"kty\":\"EC\",\"crv\":\"Ed25519\",\"x\":\"" + RFC_8037_X + "\"}",
            "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"" + RFC_8037_X + "\"}")) {
      assertThat(VerificationKey.fromJwk(Json.read(jwk))).isInstanceOf(JwkResult.Refused.class);
    }
  }

  @Test
  void jwk_withAnotherAlgOrUse_isRefused() {
    assertThat(refused(ed25519Jwk().put("alg", "ES256"))).startsWith("alg ");
    assertThat(refused(p256Jwk().put("alg", "EdDSA"))).startsWith("alg ");
    assertThat(refused(p256Jwk().put("alg", 5))).startsWith("alg ");
    assertThat(refused(ed25519Jwk().put("use", "enc"))).startsWith("use ");
    assertThat(accepted(ed25519Jwk().put("alg", "EdDSA").put("use", "sig")).kid()).isNotEmpty();
  }

  @Test
  void jwk_withCoordinateOfOtherLengthOrSpelling_isRefused() {
    String x = RFC_8037_X;
    for (String other :
        List.of("", x + "=", x.substring(1), x + "A", x.substring(0, 42) + "p", x + "\n")) {
      assertThat(refused(ed25519Jwk().put("x", other))).startsWith("x must be 32 bytes");
    }
    assertThat(refused(ed25519Jwk().put("x", 1))).startsWith("x ");
    assertThat(refused(p256Jwk().put("y", RFC_7515_Y + "A"))).startsWith("x and y ");
    ObjectNode withoutY = p256Jwk();
    withoutY.remove("y");
    assertThat(refused(withoutY)).startsWith("x and y ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
      })
  void jwk_withPointOfSmallOrder_isRefused(String x) {
    assertThat(refused(ed25519Jwk(HexFormat.of().parseHex(x)))).contains("small order");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void jwk_withNonCanonicalPoint_isRefused(String x) {
    assertThat(refused(ed25519Jwk(HexFormat.of().parseHex(x)))).contains("not canonical");
  }

  @Test
  void jwk_withPointOffTheCurve_isRefused() {
    byte[] two = new byte[32];
    two[0] = 2;
    assertThat(refused(ed25519Jwk(two))).contains("not a point");
    assertThat(refused(p256Jwk().put("y", RFC_7515_X))).contains("not a point");
    String zero = Base64Url.encode(new byte[32]);
    assertThat(refused(p256Jwk().put("x", zero).put("y", zero))).contains("not a point");
  }

  @Test
  void ed25519_signatureWithLAddedToS_isRefused() {
    byte[] signature = signature(Keys.ed25519(), INPUT).bytes();
    BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
    byte[] twin = signature.clone();
    byte[] raised = reversed(bytes32(s.add(L)));
    System.arraycopy(raised, 0, twin, 32, 32);

    assertThat(Ed25519.wellFormedSignature(signature)).isTrue();
    assertThat(Ed25519.wellFormedSignature(twin)).isFalse();
  }

  @Test
  void ed25519_scalarOfExactlyTheOrder_isRefused() {
    byte[] signature = new byte[64];
    System.arraycopy(reversed(bytes32(L)), 0, signature, 32, 32);
    assertThat(Ed25519.wellFormedSignature(signature)).isFalse();

    System.arraycopy(reversed(bytes32(L.subtract(BigInteger.ONE))), 0, signature, 32, 32);
    assertThat(Ed25519.wellFormedSignature(signature)).isTrue();
  }

  @Test
  void es256_scalarsOutsideTheGroup_areRefused() {
    for (BigInteger bad : List.of(BigInteger.ZERO, N, N.add(BigInteger.ONE))) {
      assertThat(P256.wellFormedSignature(pair(bad, BigInteger.ONE))).isFalse();
      assertThat(P256.wellFormedSignature(pair(BigInteger.ONE, bad))).isFalse();
    }
    assertThat(P256.wellFormedSignature(pair(N.subtract(BigInteger.ONE), BigInteger.ONE))).isTrue();
  }

  @Test
  void signature_ofAnotherLength_isRefusedWithoutAskingTheProvider() {
    for (Signer signer : List.of(Keys.ed25519(), Keys.p256())) {
      Signed signed = signature(signer, INPUT);

      assertThat(signer.publicKey().verifies(signed.input(), signed.bytes())).isTrue();
      for (int length : new int[] {0, 1, 32, 63, 65, 70, 128}) {
        assertThat(
                signer.publicKey().verifies(signed.input(), Arrays.copyOf(signed.bytes(), length)))
            .isFalse();
      }
    }
  }

  @Test
  void es256_inDer_isRefused() throws Exception {
    var pair = Keys.pair("EC", "secp256r1");
    var der = java.security.Signature.getInstance("SHA256withECDSA");
    der.initSign(pair.getPrivate());
    der.update(INPUT);

    assertThat(VerificationKey.of(Algorithm.ES256, pair.getPublic()).verifies(INPUT, der.sign()))
        .isFalse();
  }

  @Test
  void everyBitOfASignature_matters() {
    for (Signer signer : List.of(Keys.ed25519(), Keys.p256())) {
      Signed signed = signature(signer, INPUT);
      for (int bit = 0; bit < 512; bit++) {
        byte[] changed = signed.bytes().clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(signer.publicKey().verifies(signed.input(), changed)).isFalse();
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Signed(byte[] input, byte[] bytes) {}

  private static Signed signature(Signer signer, byte[] text) {
    String jws = signer.sign("t", Json.object().put("text", new String(text, US_ASCII)));
    int dot = jws.lastIndexOf('.');
    return new Signed(
        jws.substring(0, dot).getBytes(US_ASCII),
        Base64Url.decode(jws.substring(dot + 1)).orElseThrow());
  }

  private static byte[] pair(BigInteger r, BigInteger s) {
    byte[] both = Arrays.copyOf(bytes32(r), 64);
    System.arraycopy(bytes32(s), 0, both, 32, 32);
    return both;
  }

  private static byte[] bytes32(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int size = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - size, fixed, 32 - size, size);
    return fixed;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      reversed[index] = bytes[bytes.length - 1 - index];
    }
    return reversed;
  }

  private static boolean verifies(VerificationKey key, String input, String signature) {
    return key.verifies(input.getBytes(US_ASCII), Base64Url.decode(signature).orElseThrow());
  }

  private static VerificationKey accepted(ObjectNode jwk) {
    return VerificationKey.fromJwk(jwk)
        .match(
            JwkResult.Accepted::key,
            refused -> {
              throw new AssertionError(refused.fault());
            });
  }

  private static String refused(ObjectNode jwk) {
    return VerificationKey.fromJwk(jwk)
        .match(
            accepted -> {
              throw new AssertionError("accepted " + jwk);
            },
            JwkResult.Refused::fault);
  }

  private static ObjectNode ed25519Jwk() {
    return Json.object().put("kty", "OKP").put("crv", "Ed25519").put("x", RFC_8037_X);
  }

  private static ObjectNode ed25519Jwk(byte[] x) {
    return ed25519Jwk().put("x", Base64Url.encode(x));
  }

  private static ObjectNode p256Jwk() {
    return Json.object()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("x", RFC_7515_X)
        .put("y", RFC_7515_Y);
  }
}
