package io.vestibule.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import io.vestibule.json.Json;
import io.vestibule.testing.Keys;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerTest {
  /** RFC 8032, section 7.1, test 1, as PKCS#8. */
  private static final byte[] ED25519 =
      HexFormat.of()
          .parseHex(
              "302e020100300506032b657004220420"
                  + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

  private static final byte[] P256 = Keys.pair("EC", "secp256r1").getPrivate().getEncoded();

  @Test
  void publicKey_isComputedFromThePrivateOne() throws Exception {
    Signer signer = Signer.fromPem(Keys.pem("PRIVATE KEY", ED25519), Algorithm.EDDSA);

    assertThat(signer.publicKey().toJwk().path("x").asText())
        .isEqualTo("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    assertThat(signer.publicKey().kid()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  @Test
  void publicKey_ofP256_isTheOneThatWasMadeWithIt() throws Exception {
    var pair = Keys.pair("EC", "secp256r1");

    Signer signer = Signer.fromPem(Keys.pem("PRIVATE KEY", pair.getPrivate().getEncoded()));

    assertThat(signer.publicKey()).isEqualTo(VerificationKey.of(Algorithm.ES256, pair.getPublic()));
  }

  @Test
  void es256_isVerifiedByNimbus() throws Exception {
    Signer signer = Keys.p256();
    JWSObject jws = JWSObject.parse(signer.sign("t", Json.object().put("a", "é")));

    assertThat(jws.verify(new ECDSAVerifier(ECKey.parse(signer.publicKey().toJwk().toString()))))
        .isTrue();
    assertThat(jws.getHeader().getKeyID()).isEqualTo(signer.publicKey().kid());
    assertThat(jws.getPayload().toString()).isEqualTo("{\"a\":\"é\"}");
  }

  @Test
  void pem_withTextAround_isRead() throws Exception {
    String pem = "Bag Attributes\n\n" + Keys.pem("PRIVATE KEY", P256).replace("\n", "\r\n");

    assertThat(Signer.fromPem(pem).publicKey().algorithm()).isEqualTo(Algorithm.ES256);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENCRYPTED PRIVATE KEY|is encrypted; the key must stand in it in the clear",
        "CERTIFICATE|is a certificate, not a PKCS#8 private key",
        "CERTIFICATE REQUEST|is a certificate request, not a PKCS#8 private key",
        "PUBLIC KEY|is a public key, not a PKCS#8 private key",
        "RSA PRIVATE KEY|is RSA; Ed25519 is expected",
        "OPENSSH PRIVATE KEY|is an OpenSSH key, not a PKCS#8 private key",
        "EC PRIVATE KEY|is a SEC 1 key, not a PKCS#8 private key;"
            + " openssl pkcs8 -topk8 -nocrypt makes it one",
        "DH PARAMETERS|is something else, not a PKCS#8 private key"
      })
  void pem_ofAnotherKind_saysWhatItIs(String label, String message) {
    assertUnreadable(Keys.pem(label, new byte[40]), message);
  }

  @Test
  void pem_withKeyOfAnotherKind_saysWhichIsExpected() {
    assertUnreadable(pkcs8("RSA", ""), "is RSA; Ed25519 is expected");
    assertUnreadable(pkcs8("EC", "secp256r1"), "is P-256; Ed25519 is expected");
    assertUnreadable(pkcs8("EC", "secp384r1"), "is on another curve; Ed25519 is expected");
    assertUnreadable(pkcs8("X25519", ""), "is of another kind; Ed25519 is expected");
    assertThatThrownBy(() -> Signer.fromPem(pkcs8("RSA", "")))
        .hasMessage("is RSA; Ed25519 or P-256 is expected");
  }

  @Test
  void pem_damaged_isUnreadable() {
    String damaged = "is damaged: its PRIVATE KEY block holds no private key";
    String good = Keys.pem("PRIVATE KEY", ED25519);

    assertUnreadable("", "is not PEM");
    assertUnreadable("\u0000\u0001", "is not PEM");
    assertUnreadable("-----BEGIN ", "is not PEM");
    assertUnreadable(
        good.substring(0, good.length() - 10), "is cut off: its PRIVATE KEY block has no end");
    assertUnreadable(Keys.pem("PRIVATE KEY", new byte[0]), damaged);
    assertUnreadable(Keys.pem("PRIVATE KEY", new byte[40]), damaged);
    for (int size = 1; size < ED25519.length; size++) {
      assertUnreadable(Keys.pem("PRIVATE KEY", Arrays.copyOf(ED25519, size)), damaged);
    }
  }

  @Test
  void pem_withScalarOutOfRange_isUnreadable() {
    String der = HexFormat.of().formatHex(P256);
    int scalarAt = der.indexOf("0201010420") + 10;

    for (String scalar : List.of("00".repeat(32), "ff".repeat(32))) {
      String bad = der.substring(0, scalarAt) + scalar + der.substring(scalarAt + 64);
      assertThatThrownBy(
              () -> Signer.fromPem(Keys.pem("PRIVATE KEY", HexFormat.of().parseHex(bad))))
          .isInstanceOf(UnreadableKey.class);
    }
  }

  @Property(tries = 3_000)
  void pem_ofAnyBytes_givesASignerOrSaysWhyNot(@ForAll byte[] bytes, @ForAll boolean p256) {
    byte[] changed = (p256 ? P256 : ED25519).clone();
    for (int index = 0; index + 1 < bytes.length; index += 2) {
      changed[Math.floorMod(bytes[index], changed.length)] = bytes[index + 1];
    }
    try {
      assertThat(Signer.fromPem(Keys.pem("PRIVATE KEY", changed))).isNotNull();
    } catch (UnreadableKey e) {
      assertThat(e).hasMessageStartingWith("is ");
    }
  }

  @Test
  void sign_onTwoCalls_givesTheSameBytesForEd25519() throws Exception {
    Signer signer = Signer.fromPem(Keys.pem("PRIVATE KEY", ED25519));
    String jws = signer.sign("t", Json.object().put("a", 1));

    assertThat(signer.sign("t", Json.object().put("a", 1))).isEqualTo(jws);
    assertThat(new String(Base64Url.decode(jws.split("\\.")[0]).orElseThrow(), UTF_8))
        .isEqualTo(
            "{\"alg\":\"EdDSA\",\"kid\":\"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k\","
                + "\"typ\":\"t\"}");
  }

  private static String pkcs8(String algorithm, String curve) {
    return Keys.pem("PRIVATE KEY", Keys.pair(algorithm, curve).getPrivate().getEncoded());
  }

  private static void assertUnreadable(String pem, String message) {
    assertThatThrownBy(() -> Signer.fromPem(pem, Algorithm.EDDSA))
        .isInstanceOf(UnreadableKey.class)
        .hasMessage(message);
  }
}
