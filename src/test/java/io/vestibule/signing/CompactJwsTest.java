package io.vestibule.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.json.Json;
import io.vestibule.testing.Keys;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class CompactJwsTest {
  private static final int BYTES_MAX = 2_048;
  private static final String HEADER = part("{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"t\"}");
  private static final String PAYLOAD = part("{\"a\":1}");

  @Test
  void parse_ofWhatASignerMade_givesItsParts() {
    Signer signer = Keys.ed25519();
    String text = signer.sign("command+jwt", Json.object().put("a", 1));

    CompactJws jws = parsed(text);

    assertThat(jws.algorithm()).hasValue("EdDSA");
    assertThat(jws.kid()).hasValue(signer.publicKey().kid());
    assertThat(jws.type()).hasValue("command+jwt");
    assertThat(jws.headerHas("crit")).isFalse();
    assertThat(jws.payload().path("a").asInt()).isEqualTo(1);
    assertThat(new String(jws.signingInput(), UTF_8) + "." + Base64Url.encode(jws.signature()))
        .isEqualTo(text);
    assertThat(jws.signedBy(signer.publicKey())).isTrue();
    assertThat(jws.signedBy(Keys.ed25519().publicKey())).isFalse();
    assertThat(jws.signedBy(Keys.p256().publicKey())).isFalse();
  }

  @Test
  void parse_ofDigitsThatAreNoSignature_isPossible_andNoKeyVerifiesIt() {
    CompactJws jws = parsed(HEADER + "." + PAYLOAD + ".AB");

    assertThat(jws.signedBy(Keys.ed25519().publicKey())).isFalse();
  }

  @Test
  void parse_ofUnsignedJws_isPossible_andNoKeyVerifiesIt() {
    CompactJws jws = parsed(HEADER + "." + PAYLOAD + ".");

    assertThat(jws.signature()).isEmpty();
    assertThat(jws.signedBy(Keys.ed25519().publicKey())).isFalse();
  }

  @Test
  void headerHas_memberWithNull_isTrue() {
    assertThat(parsed(part("{\"crit\":null}") + "." + PAYLOAD + ".").headerHas("crit")).isTrue();
  }

  @Test
  void headerTexts_thatAreNoStrings_areEmpty() {
    CompactJws jws = parsed(part("{\"alg\":1,\"kid\":[],\"typ\":null}") + "." + PAYLOAD + ".AAAA");

    assertThat(jws.algorithm()).isEmpty();
    assertThat(jws.kid()).isEmpty();
    assertThat(jws.type()).isEmpty();
  }

  @Test
  void parse_ofSomethingElse_isMalformed() {
    String deep = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";
    for (String text :
        List.of(
            "",
            ".",
            "..",
            "...",
            HEADER,
            HEADER + "." + PAYLOAD,
            HEADER + "." + PAYLOAD + ".AAAA.",
            HEADER + "." + PAYLOAD + ".AAAA.AAAA",
            "." + PAYLOAD + ".AAAA",
            HEADER + "..AAAA",
            HEADER + "=." + PAYLOAD + ".AAAA",
            HEADER + "." + PAYLOAD + ".AA==",
            " " + HEADER + "." + PAYLOAD + ".AAAA",
            HEADER + "." + PAYLOAD + ".AAAA\n",
            part("[]") + "." + PAYLOAD + ".AAAA",
            part("\"x\"") + "." + PAYLOAD + ".AAAA",
            part("{}{}") + "." + PAYLOAD + ".AAAA",
            part("{\"alg\":\"a\",\"alg\":\"a\"}") + "." + PAYLOAD + ".AAAA",
            HEADER + "." + part("{\"a\":1,\"a\":1}") + ".AAAA",
            HEADER + "." + part("{\"a\":{\"b\":1,\"\\u0062\":1}}") + ".AAAA",
            HEADER + "." + part("{\"a\":NaN}") + ".AAAA",
            HEADER + "." + part(deep) + ".AAAA",
            HEADER
                + "."
                + Base64Url.encode(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'})
                + ".AAAA",
            HEADER
                + "."
                + Base64Url.encode("{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16))
                + ".AAAA",
            part("\uFEFF{}") + "." + PAYLOAD + ".AAAA")) {
      assertThat(CompactJws.parse(text.getBytes(UTF_8), BYTES_MAX))
          .as(text)
          .isInstanceOf(JwsResult.Malformed.class);
    }
  }

  @Test
  void parse_overTheBound_isMalformed() {
    String text = HEADER + "." + PAYLOAD + ".AAAA";

    assertThat(CompactJws.parse(text.getBytes(UTF_8), text.length()))
        .isInstanceOf(JwsResult.Parsed.class);
    assertThat(CompactJws.parse(text.getBytes(UTF_8), text.length() - 1))
        .isInstanceOf(JwsResult.Malformed.class);
  }

  @Property
  void parse_ofAnyBytes_neverThrows(@ForAll byte[] bytes) {
    assertThat(CompactJws.parse(bytes, BYTES_MAX)).isNotNull();
  }

  @Property
  void parse_ofAnyJsonishParts_neverThrows(
      @ForAll @CharRange(from = ' ', to = '~') String header,
      @ForAll @CharRange(from = '"', to = '}') String payload) {
    String text = part("{" + header + "}") + "." + part("{" + payload + "}") + ".AAAA";

    assertThat(CompactJws.parse(text.getBytes(UTF_8), BYTES_MAX)).isNotNull();
  }

  private static String part(String json) {
    return Base64Url.encode(json.getBytes(UTF_8));
  }

  private static CompactJws parsed(String text) {
    return CompactJws.parse(text.getBytes(UTF_8), BYTES_MAX)
        .match(
            JwsResult.Parsed::jws,
            malformed -> {
              throw new AssertionError(malformed.fault());
            });
  }
}
