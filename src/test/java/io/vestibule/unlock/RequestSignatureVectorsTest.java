package io.vestibule.unlock;

import static io.vestibule.unlock.RequestTokens.CLAIMS;
import static io.vestibule.unlock.RequestTokens.assertBadSignature;
import static io.vestibule.unlock.RequestTokens.assertHolds;
import static io.vestibule.unlock.RequestTokens.assertMalformed;
import static io.vestibule.unlock.RequestTokens.assertUnsupported;
import static io.vestibule.unlock.RequestTokens.header;
import static io.vestibule.unlock.RequestTokens.key;
import static io.vestibule.unlock.RequestTokens.parsed;
import static io.vestibule.unlock.RequestTokens.part;
import static io.vestibule.unlock.RequestTokens.seal;
import static io.vestibule.unlock.RequestTokens.signature;
import static io.vestibule.unlock.RequestTokens.signed;
import static io.vestibule.unlock.RequestTokens.with;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.Reason;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.Base64Url;
import io.vestibule.testing.Keys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each class of token of good form whose algorithm, key or signature is at fault. */
class RequestSignatureVectorsTest {
  private static final BigInteger N =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "None",
        "NONE",
        "nOnE",
        "HS256",
        "HS384",
        "HS512",
        "RS256",
        "RS512",
        "PS256",
        "ES384",
        "ES512",
        "ES256K",
        "ESP256",
        "Ed25519",
        "Ed448",
        "ML-DSA-44",
        "dir",
        "ECDH-ES",
        "A128KW",
        "EDDSA",
        "eddsa",
        "EdDSA ",
        " EdDSA",
        "EdDSA\\u0000",
        "es256",
        "Es256",
        "ES-256",
        "ES256,EdDSA",
        "EdDS\\u0410"
      })
  void algorithm_otherThanTheTwo_isUnsupported_howeverWellSigned(String name) throws Exception {
    for (Algorithm algorithm : Algorithm.values()) {
      String token = signed(algorithm, header(name, algorithm), CLAIMS);

      assertUnsupported(token);
      assertUnsupported(token.substring(0, token.lastIndexOf('.') + 1));
      assertUnsupported(token.substring(0, token.lastIndexOf('.') + 2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[\"EdDSA\"]", "{\"EdDSA\":1}", "true", "0"})
  void algorithm_thatIsNoText_isMalformed(String value) throws Exception {
    String header = header(Algorithm.EDDSA).replace("\"EdDSA\"", value);

    assertMalformed(signed(Algorithm.EDDSA, header, CLAIMS));
  }

  @Test
  void algorithmThatIsUnsupported_comesAfterEveryFaultOfForm() throws Exception {
    String header = header("none", Algorithm.EDDSA);
    String jwk = "\"jwk\":" + key(Algorithm.EDDSA).toJwk();

    assertUnsupported(signed(Algorithm.EDDSA, header, CLAIMS));
    for (String other :
        List.of(
            with(header, "\"crit\":[]"),
            with(header, jwk),
            with(header, "\"alg\":\"none\""),
            header.replace("\"kid\"", "\"kit\""),
            header.replace("unlock+jwt", "JWT"))) {
      assertMalformed(signed(Algorithm.EDDSA, other, CLAIMS));
    }
    for (String other :
        List.of(
            with(CLAIMS, "\"sub\":\"courier-1\""),
            with(CLAIMS, "\"parcel\":\"\""),
            CLAIMS.replace("door-1", "door/1"),
            CLAIMS.replace("1795334460", "1795334461"),
            CLAIMS.replace("1795334460", "1795334399"))) {
      assertMalformed(signed(Algorithm.EDDSA, header, other));
    }
  }

  @ParameterizedTest
  @EnumSource
  void algorithm_ofTheOtherKey_isABadSignature(Algorithm algorithm) throws Exception {
    Algorithm other = algorithm == Algorithm.EDDSA ? Algorithm.ES256 : Algorithm.EDDSA;
    String header = header(other.joseName(), algorithm);

    assertBadSignature(algorithm, signed(algorithm, header, CLAIMS));
    assertBadSignature(algorithm, signed(other, header, CLAIMS));
    assertBadSignature(algorithm, signed(other, header(algorithm), CLAIMS));
    assertBadSignature(algorithm, signed(other, header(other), CLAIMS));
  }

  @ParameterizedTest
  @EnumSource
  void hmac_withThePublicKeyAsItsSecret_isUnsupported_orABadSignature(Algorithm algorithm)
      throws Exception {
    byte[] encoded = key(algorithm).key().getEncoded();
    for (byte[] secret :
        List.of(
            encoded,
            Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length),
            Keys.pem("PUBLIC KEY", encoded).getBytes(US_ASCII),
            key(algorithm).toJwk().toString().getBytes(US_ASCII),
            key(algorithm).kid().getBytes(US_ASCII),
            new byte[1])) {
      assertUnsupported(hmac(header("HS256", algorithm), secret));
      assertBadSignature(algorithm, hmac(header(algorithm), secret));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keyThatIsUnknown_comesBeforeABadSignature(Algorithm algorithm) throws Exception {
    String token = signed(algorithm, header(algorithm), CLAIMS);
    String unsigned = token.substring(0, token.lastIndexOf('.') + 1);

    assertThat(parsed(token).verify(Optional.empty())).hasValue(Reason.UNKNOWN_KEY);
    assertThat(parsed(unsigned).verify(Optional.empty())).hasValue(Reason.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "../../key.pem", "' OR '1'='1", "/dev/null", "\u00e9", "vd:courier:x"})
  void kid_ofAnyText_isWhatItSays(String kid) throws Exception {
    String header = header(Algorithm.EDDSA).replace(key(Algorithm.EDDSA).kid(), kid);
    RequestResult.Parsed parsed = parsed(signed(Algorithm.EDDSA, header, CLAIMS));

    assertThat(parsed.request().kid()).isEqualTo(kid);
    assertThat(parsed.verify(Optional.empty())).hasValue(Reason.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @EnumSource
  void partsOfTwoTokens_areABadSignature(Algorithm algorithm) throws Exception {
    String[] first = signed(algorithm, header(algorithm), CLAIMS).split("\\.");
    String[] second =
        signed(algorithm, with(header(algorithm), "\"x\":1"), with(CLAIMS, "\"x\":1")).split("\\.");

    assertBadSignature(algorithm, first[0] + "." + first[1] + "." + second[2]);
    assertBadSignature(algorithm, first[0] + "." + second[1] + "." + first[2]);
    assertBadSignature(algorithm, second[0] + "." + first[1] + "." + first[2]);
    assertHolds(algorithm, String.join(".", second));
  }

  @ParameterizedTest
  @EnumSource
  void signatureOverSomethingElse_isABadOne(Algorithm algorithm) throws Exception {
    String input = part(header(algorithm)) + "." + part(CLAIMS);
    for (String other :
        List.of(
            part(CLAIMS),
            CLAIMS,
            header(algorithm) + "." + CLAIMS,
            input + ".",
            input + "\n",
            "")) {
      byte[] signature = signature(algorithm, other.getBytes(US_ASCII));

      assertBadSignature(algorithm, input + "." + Base64Url.encode(signature));
    }
  }

  @ParameterizedTest
  @EnumSource
  void signature_ofAnotherSize_isABadOne(Algorithm algorithm) throws Exception {
    String input = part(header(algorithm)) + "." + part(CLAIMS);
    byte[] good = signature(algorithm, input.getBytes(US_ASCII));

    for (int size : new int[] {0, 1, 31, 32, 33, 63, 65, 72, 96, 114, 128, 132, 256}) {
      assertBadSignature(algorithm, input + "." + Base64Url.encode(Arrays.copyOf(good, size)));
      assertBadSignature(algorithm, input + "." + Base64Url.encode(new byte[size]));
    }
  }

  @Test
  void es256_withSNegated_holds_andIsAnotherRequestOfTheSameJti() throws Exception {
    String token = signed(Algorithm.ES256, header(Algorithm.ES256), CLAIMS);
    byte[] signature = signatureOf(token);
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));

    RequestResult.Parsed twin =
        assertHolds(Algorithm.ES256, withSecondHalf(token, N.subtract(s), false));

    // What makes the twin a replay where the first came before.
    assertThat(twin.request().jti()).isEqualTo(parsed(token).request().jti());
    assertThat(twin.request().requestHash()).isNotEqualTo(parsed(token).request().requestHash());
  }

  @Test
  void eddsa_withSRaisedByTheOrder_isABadSignature() throws Exception {
    String token = signed(Algorithm.EDDSA, header(Algorithm.EDDSA), CLAIMS);
    byte[] littleEndian = Arrays.copyOfRange(signatureOf(token), 32, 64);
    BigInteger s = new BigInteger(1, reversed(littleEndian));

    assertHolds(Algorithm.EDDSA, withSecondHalf(token, s, true));
    assertBadSignature(Algorithm.EDDSA, withSecondHalf(token, s.add(L), true));
    assertBadSignature(Algorithm.EDDSA, withSecondHalf(token, L.subtract(s), true));
  }

  @Test
  void es256_inDer_isABadSignature() throws Exception {
    String token = signed(Algorithm.ES256, header(Algorithm.ES256), CLAIMS);
    byte[] raw = signatureOf(token);
    ASN1Integer r = new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, 32)));
    ASN1Integer s = new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 32, 64)));
    byte[] der = new DERSequence(new ASN1Integer[] {r, s}).getEncoded();

    assertBadSignature(
        Algorithm.ES256, token.substring(0, token.lastIndexOf('.') + 1) + Base64Url.encode(der));
  }

  @Test
  void sealedInput_isTheTextAsSent_notWhatItMeans() throws Exception {
    String token = signed(Algorithm.EDDSA, header(Algorithm.EDDSA), CLAIMS);
    String signature = token.substring(token.lastIndexOf('.'));
    String spaced = part(header(Algorithm.EDDSA)) + "." + part(CLAIMS.replace(",", ", "));

    assertBadSignature(Algorithm.EDDSA, spaced + signature);
    assertHolds(Algorithm.EDDSA, seal(Algorithm.EDDSA, spaced));
  }

  private static String hmac(String header, byte[] secret) throws GeneralSecurityException {
    String input = part(header) + "." + part(CLAIMS);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return input + "." + Base64Url.encode(mac.doFinal(input.getBytes(US_ASCII)));
  }

  private static byte[] signatureOf(String token) {
    return Base64Url.decode(token.substring(token.lastIndexOf('.') + 1)).orElseThrow();
  }

  private static String withSecondHalf(String token, BigInteger number, boolean littleEndian) {
    byte[] signature = signatureOf(token);
    for (int index = 0; index < 32; index++) {
      int at = littleEndian ? 32 + index : 63 - index;
      signature[at] = number.shiftRight(8 * index).byteValue();
    }
    return token.substring(0, token.lastIndexOf('.') + 1) + Base64Url.encode(signature);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      reversed[index] = bytes[bytes.length - 1 - index];
    }
    return reversed;
  }
}
