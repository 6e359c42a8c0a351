package io.vestibule.signing;

import static io.vestibule.signing.Vectors.accepted;
import static io.vestibule.signing.Vectors.ed25519;
import static io.vestibule.signing.Vectors.p256;
import static io.vestibule.signing.Vectors.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import io.vestibule.testing.Keys;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each class of JWK that is no key to verify with, and what a good one may carry besides. */
class JwkVectorsTest {
  private static final byte[] X = x(Keys.ed25519());
  private static final ECPoint POINT = P256Key.BASE.normalize();
  private static final byte[] PX = POINT.getAffineXCoord().getEncoded();
  private static final byte[] PY = POINT.getAffineYCoord().getEncoded();

  @Test
  void ktyAndCrv_otherThanTheTwoPairs_areRefused() {
    List<String> types = List.of("OKP", "EC", "RSA", "oct", "AKP", "", "ec", "okp", "EC ");
    List<String> curves =
        List.of(
            "Ed25519",
            "P-256",
            "Ed448",
            "X25519",
            "X448",
            "P-384",
            "P-521",
            "secp256k1",
            "p-256",
            "ed25519",
            "P256",
            "secp256r1",
            "prime256v1",
            "",
            "Ed25519/",
            "P-256 ");
    for (String type : types) {
      for (String curve : curves) {
        for (ObjectNode jwk : List.of(ed25519(X), p256(PX, PY))) {
          boolean same =
              jwk.path("kty").asText().equals(type) && jwk.path("crv").asText().equals(curve);
          boolean pair = List.of("OKP/Ed25519", "EC/P-256").contains(type + "/" + curve);
          if (!same && !pair) {
            assertThat(refused(jwk.put("kty", type).put("crv", curve)))
                .startsWith("kty and crv must be");
          }
        }
      }
    }
  }

  @Test
  void ktyOrCrv_missingOrNoText_isRefused() throws Exception {
    for (String name : List.of("kty", "crv")) {
      for (String value : List.of("null", "5", "true", "[\"EC\"]", "{}")) {
        ObjectNode jwk = p256(PX, PY);
        jwk.set(name, Json.read(value));
        assertThat(refused(jwk)).startsWith("kty and crv must be");
        assertThat(refused(jwk.without(name))).startsWith("kty and crv must be");
      }
    }
  }

  @Test
  void coordinates_ofTheOtherCurve_areRefused() {
    assertThat(refused(p256(X, X))).isEqualTo("x and y are not a point of the curve");
    assertThat(refused(ed25519(PX).put("crv", "P-256").put("kty", "EC")))
        .startsWith("x and y must be 32 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 28, 31, 33, 48, 56, 57, 64, 65, 66})
  void coordinate_ofAnotherSize_isRefused(int size) {
    assertThat(refused(ed25519(Arrays.copyOf(X, size)))).startsWith("x must be 32 bytes");
    assertThat(refused(p256(Arrays.copyOf(PX, size), PY))).startsWith("x and y must be 32 bytes");
    assertThat(refused(p256(PX, Arrays.copyOf(PY, size)))).startsWith("x and y must be 32 bytes");
  }

  @Test
  void coordinate_withLeadingZerosStripped_isRefused() {
    ECPoint point = P256Key.pointAt(BigInteger.valueOf(5)).orElseThrow();
    byte[] x = point.getAffineXCoord().getEncoded();
    byte[] y = point.getAffineYCoord().getEncoded();

    assertThat(accepted(p256(x, y)).algorithm()).isEqualTo(Algorithm.ES256);
    assertThat(refused(p256(new byte[] {5}, y))).startsWith("x and y must be 32 bytes");
    assertThat(refused(p256(Arrays.copyOfRange(x, 1, 32), y)))
        .startsWith("x and y must be 32 bytes");
  }

  @Test
  void point_inTheFormsOfSec1_isRefused() {
    byte[] compressed = POINT.getEncoded(true);
    byte[] uncompressed = POINT.getEncoded(false);

    assertThat(refused(p256(compressed, PY))).startsWith("x and y must be 32 bytes");
    assertThat(refused(p256(uncompressed, PY))).startsWith("x and y must be 32 bytes");
    assertThat(refused(p256(new byte[1], new byte[1]))).startsWith("x and y must be 32 bytes");
  }

  @Test
  void point_ofALargerCurve_isRefused() {
    for (String curve : List.of("P-224", "P-384", "P-521")) {
      ECPoint point = ECNamedCurveTable.getParameterSpec(curve).getG();
      byte[] x = point.getAffineXCoord().getEncoded();
      byte[] y = point.getAffineYCoord().getEncoded();

      assertThat(refused(p256(x, y))).startsWith("x and y must be 32 bytes");
      assertThat(refused(p256(x, y).put("crv", curve))).startsWith("kty and crv must be");
    }
  }

  @Test
  void coordinate_inAnotherSpellingOfBase64_isRefused() {
    Random random = new Random(64);
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0xFB;
    bytes[1] = (byte) 0xF0;
    String text = Base64Url.encode(bytes);

    assertThat(text).startsWith("-_");
    for (String other :
        List.of(
            text + "=",
            text + "==",
            "+/" + text.substring(2),
            text + "\n",
            " " + text,
            text.substring(0, 20) + "\r\n" + text.substring(20),
            text + "\u0000",
            text.substring(0, 42) + trailingBits(text.charAt(42)),
            text + "A",
            text + "AA")) {
      assertThat(refused(ed25519(X).put("x", other))).startsWith("x must be 32 bytes");
      assertThat(refused(p256(PX, PY).put("x", other))).startsWith("x and y must be 32 bytes");
      assertThat(refused(p256(PX, PY).put("y", other))).startsWith("x and y must be 32 bytes");
    }
  }

  @Test
  void coordinate_thatIsNoText_isRefused() throws Exception {
    for (String value : List.of("null", "5", "true", "[]", "{}")) {
      JsonNode node = Json.read(value);

      assertThat(refused(ed25519(X).set("x", node))).startsWith("x must be 32 bytes");
      assertThat(refused(p256(PX, PY).set("y", node))).startsWith("x and y must be 32 bytes");
    }
  }

  @Test
  void privateMember_ofWhateverValue_isRefused() throws Exception {
    for (String value : List.of("null", "\"\"", "\"AAAA\"", "5")) {
      assertThat(refused(ed25519(X).set("d", Json.read(value)))).contains("private");
      assertThat(refused(p256(PX, PY).set("d", Json.read(value)))).contains("private");
    }
  }

  @Test
  void alg_otherThanTheCurvesOwn_isRefused() {
    for (String alg :
        List.of("ES256", "Ed25519", "eddsa", "EdDSA ", "ECDH-ES", "HS256", "none", "")) {
      assertThat(refused(ed25519(X).put("alg", alg))).isEqualTo("alg must be EdDSA for this curve");
    }
    for (String alg : List.of("EdDSA", "ES384", "es256", "ES256K", "ECDH-ES", "HS256", "none")) {
      assertThat(refused(p256(PX, PY).put("alg", alg)))
          .isEqualTo("alg must be ES256 for this curve");
    }
    assertThat(refused(p256(PX, PY).putNull("alg"))).startsWith("alg must be");
  }

  @Test
  void use_otherThanSignatures_isRefused() throws Exception {
    for (String use : List.of("\"enc\"", "\"SIG\"", "\"\"", "null", "[\"sig\"]", "true")) {
      assertThat(refused(ed25519(X).set("use", Json.read(use)))).isEqualTo("use must be sig");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[\"sign\"]",
        "[\"encrypt\"]",
        "[\"deriveKey\",\"deriveBits\"]",
        "[\"Verify\"]",
        "[\"verify\",\"verify\"]",
        "[\"verify\",\"encrypt\"]",
        "[\"verify\",5]",
        "[\"verify\",null]",
        "[[\"verify\"]]",
        "\"verify\"",
        "{\"a\":\"verify\"}",
        "null",
        "true"
      })
  void keyOps_withoutVerifying_orWithWhatGoesIllWithIt_isRefused(String operations)
      throws Exception {
    for (ObjectNode jwk : List.of(ed25519(X), p256(PX, PY))) {
      assertThat(refused(jwk.set("key_ops", Json.read(operations))))
          .isEqualTo("key_ops must be an array of verify, alone or with sign");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"verify\"]", "[\"sign\",\"verify\"]", "[\"verify\",\"sign\"]"})
  void keyOps_withVerifying_isRead(String operations) throws Exception {
    for (ObjectNode jwk : List.of(ed25519(X), p256(PX, PY))) {
      VerificationKey plain = accepted(jwk);

      assertThat(accepted(jwk.put("use", "sig").set("key_ops", Json.read(operations))))
          .isEqualTo(plain);
    }
  }

  @Test
  void membersThatAreNotTheKey_changeNeitherKeyNorThumbprint() throws Exception {
    for (ObjectNode jwk : List.of(ed25519(X), p256(PX, PY))) {
      VerificationKey plain = accepted(jwk);
      ObjectNode turned = Json.object().put("kid", "2011-04-29").put("x5u", "https://e.example/");
      turned.set("x5c", Json.read("[\"AAAA\"]"));
      turned.put("x5t", "x").put("n", "AQAB").put("iss", 5);
      for (String name : List.of("y", "x", "kty", "crv")) {
        if (jwk.has(name)) {
          turned.set(name, jwk.get(name));
        }
      }

      assertThat(accepted(turned)).isEqualTo(plain);
      assertThat(accepted(turned).kid()).isEqualTo(plain.kid());
    }
  }

  @Test
  void whatIsNoObject_isRefused() throws Exception {
    for (String json : List.of("[]", "null", "5", "\"x\"", "true", "[" + ed25519(X) + "]")) {
      assertThat(refused(Json.read(json))).isEqualTo("must be an object");
    }
    assertThat(refused(Json.object().set("keys", Json.read("[" + ed25519(X) + "]"))))
        .startsWith("kty and crv must be");
  }

  private static byte[] x(Signer signer) {
    return Base64Url.decode(signer.publicKey().toJwk().path("x").asText()).orElseThrow();
  }

  /** The same digit but for bits that no byte holds. */
  private static char trailingBits(char digit) {
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return digits.charAt(digits.indexOf(digit) ^ 1);
  }
}
