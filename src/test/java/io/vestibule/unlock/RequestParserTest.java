package io.vestibule.unlock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Location;
import io.vestibule.access.Reason;
import io.vestibule.json.Json;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.JwkResult;
import io.vestibule.signing.Sha256;
import io.vestibule.signing.Signer;
import io.vestibule.signing.VerificationKey;
import io.vestibule.testing.Keys;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
  private static final String JTI = "0123456789abcdef";
  private static final long IAT = 1_795_334_400;
  private static final Signer ED25519 = Keys.ed25519();
  private static final Signer P256 = Keys.p256();

  @Test
  void request_ofGoodForm_isRead() {
    String parcel = Sha256.base64Url("label");
    String token =
        signed(
            claims ->
                claims
                    .put("parcel", parcel)
                    .set("geo", Json.object().put("lat", 40.5).put("lon", -74).put("acc", 12.5)));

    SignedRequest request = parsed(token).request();

    assertThat(request.requestHash()).isEqualTo(Sha256.base64Url(token));
    assertThat(request)
        .isEqualTo(
            new SignedRequest(
                new CourierId("courier-1"),
                ED25519.publicKey().kid(),
                Algorithm.EDDSA,
                new DoorId("door-1"),
                JTI,
                Instant.ofEpochSecond(IAT),
                Instant.ofEpochSecond(IAT + 60),
                new GrantId("grant-1"),
                Optional.of(parcel),
                Optional.of(new Location(40.5, -74)),
                new RequestHash(token.getBytes(UTF_8))));
  }

  @Test
  void request_withUnknownClaimsAndHeaders_isRead() {
    String header = header("EdDSA").put("x5t", "x").put("b64", true).put("zip", "no").toString();

    assertThat(parsed(unsigned(header, claims().put("nbf", 1).put("sub2", "x"))).request().jti())
        .isEqualTo(JTI);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "aud", "jti", "iat", "exp", "grant"})
  void requiredClaim_missingOrNull_isMalformed(String name) {
    assertMalformed(signed(claims -> claims.remove(name)));
    assertMalformed(signed(claims -> claims.putNull(name)));
    assertMalformed(signed(claims -> claims.put(name, true)));
    assertMalformed(signed(claims -> claims.putArray(name).add("door-1")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sub|\"../x\"",
        "sub|\"\"",
        "aud|\"a/b\"",
        "aud|5",
        "grant|\".g\"",
        "jti|\"0123456789abcde\"",
        "jti|\"0123456789abcde=\"",
        "jti|\"0123456789abcde+\"",
        "jti|\"0123456789abcdé\"",
        "jti|\"01234567890123456789012345678901234567890123456789012345678901234\"",
        "iat|\"1795334400\"",
        "iat|1795334400.0",
        "iat|1.7953344e9",
        "iat|-1",
        "iat|1795334461",
        "exp|1795334399",
        "exp|1795334461",
        "exp|1795334460.5",
        "exp|9223372036854775807",
        "exp|92233720368547758079223372036854775807",
        "parcel|\"\"",
        "parcel|\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
        "parcel|\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"",
        "parcel|\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"",
        "parcel|5",
        "geo|5",
        "geo|[]",
        "geo|{}",
        "geo|{\"lat\":1}",
        "geo|{\"lat\":90.1,\"lon\":1}",
        "geo|{\"lat\":1,\"lon\":-180.1}",
        "geo|{\"lat\":\"1\",\"lon\":1}",
        "geo|{\"lat\":1e400,\"lon\":1}",
        "geo|{\"lat\":1,\"lon\":1,\"acc\":-1}",
        "geo|{\"lat\":1,\"lon\":1,\"acc\":\"1\"}"
      })
  void claim_outOfItsForm_isMalformed(String name, String json) throws Exception {
    var value = Json.read(json);

    assertMalformed(signed(claims -> claims.set(name, value)));
  }

  @Test
  void life_fromNothingToSixtySeconds_isRead() {
    assertThat(parsed(signed(claims -> claims.put("exp", IAT))).request().expiresAt())
        .isEqualTo(Instant.ofEpochSecond(IAT));
    assertMalformed(signed(claims -> claims.put("exp", IAT + 61)));
    assertMalformed(signed(claims -> claims.put("exp", IAT - 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"crit", "jwk", "jku", "x5c", "x5u"})
  void header_thatNamesAKeyOrIsCritical_isMalformed(String name) {
    assertMalformed(unsigned(header("EdDSA").put(name, "x").toString(), claims()));
    assertMalformed(unsigned(header("EdDSA").putNull(name).toString(), claims()));
    assertMalformed(unsigned(header("HS256").put(name, "x").toString(), claims()));
  }

  @Test
  void header_withoutKidOrAlgOrTyp_isMalformed() {
    for (String name : List.of("kid", "alg", "typ")) {
      ObjectNode without = header("EdDSA");
      without.remove(name);

      assertMalformed(unsigned(without.toString(), claims()));
      assertMalformed(unsigned(header("EdDSA").put(name, 5).toString(), claims()));
    }
    for (String typ : List.of("JWT", "unlock+JWT", "command+jwt", "", "unlock+jwt ")) {
      assertMalformed(unsigned(header("EdDSA").put("typ", typ).toString(), claims()));
    }
  }

  @Test
  void duplicateMember_isMalformed() {
    String header = header("EdDSA").toString();

    assertMalformed(unsigned("{\"alg\":\"none\"," + header.substring(1), claims()));
    assertMalformed(unsigned(header, "{\"sub\":\"other\"," + claims().toString().substring(1)));
  }

  @Test
  void size_over2048_isMalformed() {
    assertThat(RequestParser.parse(ofSize(2_048))).isInstanceOf(RequestResult.Parsed.class);
    assertThat(RequestParser.parse(ofSize(2_049)))
        .isEqualTo(new RequestResult.Refused(Reason.MALFORMED, Optional.empty()));
  }

  @Test
  void json_deeperThanTheBound_isMalformed() throws Exception {
    String deep =
        claims().toString().replaceFirst("\\{", "{\"x\":" + "[".repeat(40) + "]".repeat(40) + ",");

    assertMalformed(unsigned(header("EdDSA").toString(), deep));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "RS256", "ES384", "eddsa", "Ed25519", "", "ES256K"})
  void algorithm_thatIsNotOfTheTwo_isUnsupported_whateverTheSignature(String algorithm) {
    String header = header(algorithm).toString();
    String token = unsigned(header, claims());
    String input = token.substring(0, token.lastIndexOf('.') + 1);

    for (String signature : List.of("", "AA", "AAA", "A".repeat(43), "A".repeat(86))) {
      assertThat(RequestParser.parse((input + signature).getBytes(UTF_8)))
          .isEqualTo(new RequestResult.Refused(Reason.UNSUPPORTED_ALGORITHM, Optional.of(JTI)));
    }
    assertMalformed(unsigned(header, claims().put("exp", IAT + 61)));
  }

  @Test
  void hs256_withThePublicKeyAsSecret_isUnsupported() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(new JOSEObjectType("unlock+jwt"))
            .keyID(P256.publicKey().kid())
            .build();
    JWSObject jws = new JWSObject(header, new Payload(claims().toString()));
    jws.sign(new MACSigner(P256.publicKey().key().getEncoded()));

    assertThat(reason(jws.serialize())).isEqualTo(Reason.UNSUPPORTED_ALGORITHM);
  }

  @Test
  void refusal_namesTheJti_onceItCouldBeRead() {
    assertThat(RequestParser.parse(signed(claims -> claims.remove("grant")).getBytes(UTF_8)))
        .isEqualTo(new RequestResult.Refused(Reason.MALFORMED, Optional.of(JTI)));
    assertThat(RequestParser.parse(signed(claims -> claims.put("jti", "x")).getBytes(UTF_8)))
        .isEqualTo(new RequestResult.Refused(Reason.MALFORMED, Optional.empty()));
  }

  @Test
  void signature_tamperedWithInAnyWay_isABadOne_notMalformed() {
    String token = signed(claims -> {});
    int dot = token.lastIndexOf('.') + 1;
    String signature = token.substring(dot);

    for (String tampered :
        List.of(
            "",
            signature.substring(0, signature.length() - 4),
            signature.substring(0, signature.length() - 1),
            signature.substring(0, signature.length() - 1) + "_",
            signature + "A",
            "A" + signature)) {
      RequestResult result =
          RequestParser.parse((token.substring(0, dot) + tampered).getBytes(UTF_8));

      assertThat(result).as(tampered).isInstanceOf(RequestResult.Parsed.class);
      assertThat(((RequestResult.Parsed) result).verify(Optional.of(ED25519.publicKey())))
          .contains(Reason.BAD_SIGNATURE);
    }
  }

  @Test
  void verify_withoutKey_isUnknownKey() {
    assertThat(parsed(signed(claims -> {})).verify(Optional.empty())).hasValue(Reason.UNKNOWN_KEY);
  }

  @Test
  void verify_withTheKey_holds_andWithAnotherDoesNot() {
    for (Signer signer : List.of(ED25519, P256)) {
      RequestResult.Parsed parsed = parsed(signer.sign("unlock+jwt", claims()));

      assertThat(parsed.verify(Optional.of(signer.publicKey()))).isEmpty();
      for (Signer other : List.of(Keys.ed25519(), Keys.p256())) {
        assertThat(parsed.verify(Optional.of(other.publicKey()))).hasValue(Reason.BAD_SIGNATURE);
      }
    }
  }

  @Test
  void verify_algUnlikeTheKeys_isBadSignature() {
    String token = unsigned(header("ES256").toString(), claims());

    assertThat(parsed(token).verify(Optional.of(ED25519.publicKey())))
        .hasValue(Reason.BAD_SIGNATURE);
  }

  @Test
  void verify_signatureOfZerosOrOtherLength_isBadSignature() {
    for (Signer signer : List.of(ED25519, P256)) {
      String token = signer.sign("unlock+jwt", claims());
      String input = token.substring(0, token.lastIndexOf('.') + 1);

      for (int size : new int[] {1, 32, 63, 64, 65, 72, 128}) {
        assertThat(
                parsed(input + Base64Url.encode(new byte[size]))
                    .verify(Optional.of(signer.publicKey())))
            .hasValue(Reason.BAD_SIGNATURE);
      }
    }
  }

  @Test
  void nimbus_signsEs256_andItVerifies() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("unlock+jwt"))
            .keyID(key.getKeyID())
            .build();
    JWSObject jws = new JWSObject(header, new Payload(claims().toString()));
    jws.sign(new ECDSASigner(key));
    VerificationKey read =
        VerificationKey.fromJwk(Json.read(key.toPublicJWK().toJSONString()))
            .match(
                JwkResult.Accepted::key,
                refused -> {
                  throw new AssertionError(refused.fault());
                });

    RequestResult.Parsed parsed = parsed(jws.serialize());

    assertThat(parsed.request().kid()).isEqualTo(read.kid());
    assertThat(parsed.verify(Optional.of(read))).isEmpty();
  }

  @Test
  void everyBitFlipped_isNeverAccepted() {
    for (Signer signer : List.of(ED25519, P256)) {
      byte[] token = signer.sign("unlock+jwt", claims()).getBytes(UTF_8);
      assertThat(accepted(token, signer)).isTrue();

      for (int bit = 0; bit < token.length * 8; bit++) {
        byte[] changed = token.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(accepted(changed, signer)).as("bit " + bit).isFalse();
      }
    }
  }

  @Test
  void everyTruncation_andEveryByteMore_isNeverAccepted() {
    for (Signer signer : List.of(ED25519, P256)) {
      byte[] token = signer.sign("unlock+jwt", claims()).getBytes(UTF_8);

      for (int size = 0; size < token.length; size++) {
        assertThat(accepted(Arrays.copyOf(token, size), signer)).isFalse();
        assertThat(accepted(Arrays.copyOfRange(token, size + 1, token.length), signer)).isFalse();
      }
      for (int more = 0; more < 256; more++) {
        byte[] longer = Arrays.copyOf(token, token.length + 1);
        longer[token.length] = (byte) more;
        assertThat(accepted(longer, signer)).isFalse();
      }
    }
  }

  @Property
  void anyBytes_areRefused_andNeverThrow(@ForAll byte[] bytes) {
    assertThat(reason(RequestParser.parse(bytes))).isEqualTo(Reason.MALFORMED);
  }

  @Property
  void anyClaimReplacedByAnyText_neverThrows(@ForAll String name, @ForAll String value) {
    assertThat(RequestParser.parse(signed(claims -> claims.put(name, value)).getBytes(UTF_8)))
        .isNotNull();
  }

  private static boolean accepted(byte[] token, Signer signer) {
    return RequestParser.parse(token)
        .match(
            parsed ->
                parsed
                    .verify(
                        Optional.of(signer.publicKey())
                            .filter(key -> key.kid().equals(parsed.request().kid())))
                    .isEmpty(),
            refused -> false);
  }

  private static byte[] ofSize(int size) {
    for (int padding = 0; padding < size; padding++) {
      String text = "x".repeat(padding);
      // One character more in the header moves its part by one or two digits, as in the payload:
      // together they reach every size.
      for (int more = 0; more < 3; more++) {
        String header = header("EdDSA").put("x", "y".repeat(more)).toString();
        byte[] token = unsigned(header, claims().put("x", text)).getBytes(UTF_8);
        if (token.length == size) {
          return token;
        }
      }
    }
    throw new AssertionError("no token of " + size + " bytes");
  }

  private static ObjectNode header(String algorithm) {
    return Json.object()
        .put("alg", algorithm)
        .put("kid", ED25519.publicKey().kid())
        .put("typ", "unlock+jwt");
  }

  private static ObjectNode claims() {
    return Json.object()
        .put("sub", "courier-1")
        .put("aud", "door-1")
        .put("jti", JTI)
        .put("iat", IAT)
        .put("exp", IAT + 60)
        .put("grant", "grant-1");
  }

  private static String signed(Consumer<ObjectNode> change) {
    ObjectNode claims = claims();
    change.accept(claims);
    return ED25519.sign("unlock+jwt", claims);
  }

  private static String unsigned(String header, ObjectNode claims) {
    return unsigned(header, claims.toString());
  }

  /** Of good form, with a signature of the right length that nobody made. */
  private static String unsigned(String header, String claims) {
    return Base64Url.encode(header.getBytes(UTF_8))
        + "."
        + Base64Url.encode(claims.getBytes(UTF_8))
        + "."
        + Base64Url.encode(new byte[64]);
  }

  private static RequestResult.Parsed parsed(String token) {
    return RequestParser.parse(token.getBytes(UTF_8))
        .match(
            parsed -> parsed,
            refused -> {
              throw new AssertionError(refused.reason());
            });
  }

  private static void assertMalformed(String token) {
    assertThat(reason(token)).as(token).isEqualTo(Reason.MALFORMED);
  }

  private static Reason reason(String token) {
    return reason(RequestParser.parse(token.getBytes(UTF_8)));
  }

  private static Reason reason(RequestResult result) {
    return result.match(
        parsed -> {
          throw new AssertionError("parsed");
        },
        RequestResult.Refused::reason);
  }
}
