package io.vestibule.unlock;

import static io.vestibule.unlock.RequestTokens.CLAIMS;
import static io.vestibule.unlock.RequestTokens.assertBadSignature;
import static io.vestibule.unlock.RequestTokens.assertHolds;
import static io.vestibule.unlock.RequestTokens.assertMalformed;
import static io.vestibule.unlock.RequestTokens.digit;
import static io.vestibule.unlock.RequestTokens.header;
import static io.vestibule.unlock.RequestTokens.key;
import static io.vestibule.unlock.RequestTokens.part;
import static io.vestibule.unlock.RequestTokens.reason;
import static io.vestibule.unlock.RequestTokens.seal;
import static io.vestibule.unlock.RequestTokens.signed;
import static io.vestibule.unlock.RequestTokens.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.access.Reason;
import io.vestibule.json.Json;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.Base64Url;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each class of token whose form is at fault, well signed by the courier, so that nothing but its
 * fault refuses it.
 */
class RequestFormVectorsTest {
  @ParameterizedTest
  @EnumSource
  void token_ofGoodForm_holds(Algorithm algorithm) throws Exception {
    assertHolds(algorithm, signed(algorithm, header(algorithm), CLAIMS));
    assertHolds(algorithm, signed(algorithm, " \t\r\n" + header(algorithm) + "\n", "\n " + CLAIMS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[]",
        "\"crit\":[\"exp\"],\"exp\":1795334460",
        "\"crit\":[\"b64\"],\"b64\":false",
        "\"crit\":[\"b64\"],\"b64\":true",
        "\"crit\":[\"alg\"]",
        "\"crit\":\"exp\"",
        "\"\\u0063rit\":[]",
        "\"jku\":\"https://keys.example/jwks.json\"",
        "\"jku\":[]",
        "\"x5u\":\"https://keys.example/chain.pem\"",
        "\"x5c\":[]",
        "\"x5c\":[\"MIIB\"]",
        "\"jwk\":{}",
        "\"\\u006awk\":{}",
        "\"jw\\u006B\":null"
      })
  void header_thatNamesAKeyOrIsCritical_isMalformed_howeverWellSigned(String member)
      throws Exception {
    for (Algorithm algorithm : Algorithm.values()) {
      String good = header(algorithm);

      assertMalformed(signed(algorithm, with(good, member), CLAIMS));
      assertMalformed(signed(algorithm, "{" + member + "," + good.substring(1), CLAIMS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void header_withTheVeryKeyThatSigned_isMalformed(Algorithm algorithm) throws Exception {
    String jwk = "\"jwk\":" + key(algorithm).toJwk();

    assertMalformed(signed(algorithm, with(header(algorithm), jwk), CLAIMS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"b64\":false",
        "\"x5t\":\"x\",\"x5t#S256\":\"y\"",
        "\"cty\":\"JWT\"",
        "\"zip\":\"DEF\"",
        "\"JWK\":{},\"Crit\":[\"x\"],\"jwk \":1",
        "\"enc\":\"A128GCM\",\"epk\":{\"jwk\":{\"kty\":\"EC\"}}"
      })
  void header_withOtherMembers_isRead_asIfTheyWereNotThere(String members) throws Exception {
    for (Algorithm algorithm : Algorithm.values()) {
      assertHolds(algorithm, signed(algorithm, with(header(algorithm), members), CLAIMS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void payload_thatIsNotEncoded_isMalformed(Algorithm algorithm) throws Exception {
    String header = with(header(algorithm), "\"b64\":false");

    assertMalformed(seal(algorithm, part(header) + "." + CLAIMS));
    assertMalformed(seal(algorithm, part(header) + "."));
    // Detached: signed with the payload, and sent without.
    String whole = signed(algorithm, header(algorithm), CLAIMS);
    String payload = whole.substring(whole.indexOf('.') + 1, whole.lastIndexOf('.'));
    assertMalformed(whole.replace(payload, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"alg\":\"EdDSA\"",
        "\"alg\":\"none\"",
        "\"\\u0061lg\":\"none\"",
        "\"al\\u0067\":null",
        "\"kid\":\"other\"",
        "\"k\\u0069d\":\"other\"",
        "\"typ\":\"unlock+jwt\"",
        "\"x\":1,\"x\":1",
        "\"x\":1,\"\\u0078\":2",
        "\"\\/\":1,\"/\":1",
        "\"x\":{\"y\":1,\"y\":1}",
        "\"x\":[[{\"y\":1,\"\\u0079\":1}]]",
        "\"\":1,\"\":1",
        "\"\u00e9\":1,\"\\u00E9\":1",
        "\"\ud83d\udeaa\":1,\"\\ud83d\\udeaa\":1"
      })
  void header_withAMemberTwice_isMalformed(String member) throws Exception {
    assertMalformed(signed(Algorithm.EDDSA, with(header(Algorithm.EDDSA), member), CLAIMS));
    assertMalformed(
        signed(Algorithm.EDDSA, "{" + member + "," + header(Algorithm.EDDSA).substring(1), CLAIMS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sub\":\"courier-1\"",
        "\"sub\":\"courier-2\"",
        "\"\\u0073ub\":\"courier-2\"",
        "\"su\\u0062\":null",
        "\"aud\":\"door-2\"",
        "\"jti\":\"fedcba9876543210\"",
        "\"i\\u0061t\":1",
        "\"exp\":9999999999",
        "\"grant\":\"grant-2\"",
        "\"parcel\":null,\"parcel\":null",
        "\"geo\":{\"lat\":1,\"lon\":1,\"lat\":2}",
        "\"geo\":{\"lat\":1,\"lon\":1,\"\\u006cat\":2}",
        "\"geo\":{\"lat\":1,\"lon\":1,\"x\":{\"y\":1,\"y\":2}}",
        "\"geo\":{\"lat\":1,\"lon\":1},\"g\\u0065o\":{\"lat\":1,\"lon\":1}",
        "\"x\":1,\"x\":1",
        "\"x\":[{\"y\":{\"z\":1,\"\\u007A\":1}}]"
      })
  void payload_withAMemberTwice_isMalformed(String member) throws Exception {
    assertMalformed(signed(Algorithm.EDDSA, header(Algorithm.EDDSA), with(CLAIMS, member)));
    assertMalformed(
        signed(Algorithm.EDDSA, header(Algorithm.EDDSA), "{" + member + "," + CLAIMS.substring(1)));
  }

  @Test
  void memberOfAnotherObject_orOfAnotherCase_isNoDuplicate() throws Exception {
    String claims =
        with(
            CLAIMS,
            "\"Sub\":1,\"sub \":2,\"x\":{\"sub\":3,\"x\":{\"x\":4}},\"y\":[{},{\"sub\":5}]");

    assertHolds(Algorithm.EDDSA, signed(Algorithm.EDDSA, header(Algorithm.EDDSA), claims));
  }

  @Test
  void textsWithEscapes_areReadAsWhatTheyMean() throws Exception {
    String header =
        header(Algorithm.EDDSA)
            .replace("\"alg\"", "\"\\u0061lg\"")
            .replace("EdDSA", "Ed\\u0044SA")
            .replace("unlock+jwt", "unlock\\u002bjwt");
    String claims = CLAIMS.replace("\"sub\"", "\"s\\u0075b\"").replace("door-1", "door\\u002d1");

    RequestResult.Parsed parsed =
        assertHolds(Algorithm.EDDSA, signed(Algorithm.EDDSA, header, claims));

    assertThat(parsed.request().door().text()).isEqualTo("door-1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void headerOrPayload_inAnotherSpellingOfBase64_isMalformed(int index) throws Exception {
    String member = "\"x\":\"~~~~~~???????\",\"y\":\"";
    for (String more : List.of("", "1", "12")) {
      String header = with(header(Algorithm.EDDSA), member + more + "\"");
      String claims = with(CLAIMS, member + more + "\"");
      String part = List.of(part(header), part(claims)).get(index);
      assertHolds(Algorithm.EDDSA, seal(Algorithm.EDDSA, part(header) + "." + part(claims)));
      assertThat(part).contains("-").contains("_");

      for (String other : otherSpellings(part)) {
        String first = index == 0 ? other : part(header);
        String second = index == 1 ? other : part(claims);
        assertMalformed(seal(Algorithm.EDDSA, first + "." + second));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void signature_inAnotherSpellingOfBase64_isMalformed_orABadOne(Algorithm algorithm)
      throws Exception {
    String token = signed(algorithm, header(algorithm), CLAIMS);
    String withoutLast = token.substring(0, token.length() - 1);
    char last = token.charAt(token.length() - 1);

    for (String tail : List.of("=", "==", "+", "/", " ", "\n", "\r\n", "\t", "\u0000", "\u00e9")) {
      assertMalformed(token + tail);
      assertMalformed(withoutLast + tail + last);
    }
    for (int bit = 0; bit < 4; bit++) {
      assertBadSignature(algorithm, withoutLast + digit(last, 1 << bit));
    }
    for (String tail : List.of("A", "AA", "AAA", "AAAA")) {
      assertBadSignature(algorithm, token + tail);
    }
    assertBadSignature(algorithm, withoutLast);
    assertBadSignature(algorithm, token.substring(0, token.lastIndexOf('.') + 1));
  }

  @Test
  void partsOtherThanThree_areMalformed() throws Exception {
    String token = signed(Algorithm.EDDSA, header(Algorithm.EDDSA), CLAIMS);
    String[] parts = token.split("\\.");
    for (String other :
        List.of(
            "",
            ".",
            "..",
            "...",
            parts[0],
            parts[0] + "." + parts[1],
            parts[0] + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + parts[2],
            token + ".",
            "." + token,
            token + "." + parts[2],
            token + ".." + parts[2],
            token + token,
            token + "." + token,
            token + "," + token,
            token + "~",
            parts[0] + ".." + parts[1] + "." + parts[2],
            "." + parts[1] + "." + parts[2],
            parts[0] + ".." + parts[2],
            "..".concat(parts[2]),
            parts[0] + "..")) {
      assertMalformed(other);
    }
  }

  @Test
  void otherSerializations_areMalformed() throws Exception {
    String token = signed(Algorithm.EDDSA, header(Algorithm.EDDSA), CLAIMS);
    String[] parts = token.split("\\.");
    String signature = "\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2] + "\"";
    String payload = "{\"payload\":\"" + parts[1] + "\",";
    for (String other :
        List.of(
            payload + signature + "}",
            payload + "\"signatures\":[{" + signature + "}]}",
            "[\"" + token + "\"]",
            "\"" + token + "\"",
            "Bearer " + token,
            "{\"request\":\"" + token + "\"}",
            token + "\n",
            " " + token,
            "\ufeff" + token,
            token.replace('.', '\u3002'),
            token.replace(".", "%2E"))) {
      assertMalformed(other);
    }
    for (Charset charset : List.of(UTF_16, UTF_16BE)) {
      assertThat(reason(token.getBytes(charset))).isEqualTo(Reason.MALFORMED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A.1", "A.2", "A.3", "A.4", "A.5", "A.6", "A.7"})
  void rfc7515_examples_areMalformed_forTheyAreNoRequests(String section) throws Exception {
    try (InputStream stream = getClass().getResourceAsStream("/vectors/rfc7515.json")) {
      JsonNode examples = Json.read(Objects.requireNonNull(stream).readAllBytes());
      String text = examples.path(section).path("jws").asText();

      assertThat(text).isNotEmpty();
      assertMalformed(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0",
        "c080",
        "c1bf",
        "c3",
        "c328",
        "e08080",
        "e09fbf",
        "e282",
        "eda080",
        "edbfbf",
        "f08080",
        "f08f8080",
        "f0808080",
        "f4908080",
        "f5808080",
        "f88080808080",
        "fe",
        "ff",
        "fffe",
        "e9"
      })
  void bytesThatAreNotUtf8_areMalformed_whereverTheyStand(String hex) throws Exception {
    String bytes = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    for (String member : List.of("\"x\":\"" + bytes + "\"", "\"x" + bytes + "\":1", bytes)) {
      assertMalformed(latin1(with(header(Algorithm.EDDSA), member), CLAIMS));
      assertMalformed(latin1(header(Algorithm.EDDSA), with(CLAIMS, member)));
    }
    assertMalformed(latin1(header(Algorithm.EDDSA) + bytes, CLAIMS));
    assertMalformed(latin1(header(Algorithm.EDDSA), bytes + CLAIMS));
  }

  @Test
  void textOfEveryLength_inUtf8_isRead() throws Exception {
    String member = "\"\u00e9\u20ac\ud83d\udeaa\":\"\u007f\u0080\u07ff\u0800\uffff\ud800\udc00\"";

    assertHolds(
        Algorithm.EDDSA,
        signed(Algorithm.EDDSA, with(header(Algorithm.EDDSA), member), with(CLAIMS, member)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void jsonInAnotherEncoding_isMalformed(String charset) throws Exception {
    String header = Base64Url.encode(header(Algorithm.EDDSA).getBytes(Charset.forName(charset)));
    String claims = Base64Url.encode(CLAIMS.getBytes(Charset.forName(charset)));

    assertMalformed(seal(Algorithm.EDDSA, header + "." + part(CLAIMS)));
    assertMalformed(seal(Algorithm.EDDSA, part(header(Algorithm.EDDSA)) + "." + claims));
  }

  @Test
  void whatIsNotOneJsonObject_isMalformed() throws Exception {
    for (String good : List.of(header(Algorithm.EDDSA), CLAIMS)) {
      for (String other :
          List.of(
              "",
              " ",
              "null",
              "5",
              "\"x\"",
              "[" + good + "]",
              good + good,
              good + "x",
              good + "\u0000",
              good + ",",
              "\ufeff" + good,
              good.substring(0, good.length() - 1),
              good.substring(0, good.length() - 1) + ",}",
              "{," + good.substring(1),
              good.replace("\"", "'"),
              good.replaceFirst(":", ""),
              good.replaceFirst(":", "="),
              good.replaceFirst("\"", ""),
              "/*x*/" + good,
              good + "//x",
              "#x\n" + good,
              with(good, "x:1"),
              with(good, "\"x\":NaN"),
              with(good, "\"x\":Infinity"),
              with(good, "\"x\":01"),
              with(good, "\"x\":+1"),
              with(good, "\"x\":.5"),
              with(good, "\"x\":5."),
              with(good, "\"x\":1e"),
              with(good, "\"x\":0x1"),
              with(good, "\"x\":-"),
              with(good, "\"x\":True"),
              with(good, "\"x\":nul"),
              with(good, "\"x\":undefined"),
              with(good, "\"x\":[1,]"),
              with(good, "\"x\":[1}"),
              with(good, "\"x\":\"\\x41\""),
              with(good, "\"x\":\"\\u12\""),
              with(good, "\"x\":\"\n\""),
              with(good, "\"x\":\"\u0000\""))) {
        boolean header = good.startsWith("{\"alg\"");
        assertMalformed(
            header
                ? signed(Algorithm.EDDSA, other, CLAIMS)
                : signed(Algorithm.EDDSA, header(Algorithm.EDDSA), other));
      }
    }
  }

  @Test
  void nesting_upToTheBound_isRead_andBeyondItMalformed() throws Exception {
    for (String pair : List.of("[]", "{}")) {
      assertHolds(Algorithm.EDDSA, nested(pair, 31, false));
      assertHolds(Algorithm.EDDSA, nested(pair, 31, true));
      for (int levels : new int[] {32, 33, 64, 100_000}) {
        assertMalformed(nested(pair, levels, false));
        assertMalformed(nested(pair, levels, true));
      }
    }
    for (String open : List.of("[", "{\"x\":")) {
      assertMalformed(part(open.repeat(200)) + "." + part(CLAIMS) + ".AAAA");
      assertMalformed(part(header(Algorithm.EDDSA)) + "." + part(open.repeat(150)) + ".AAAA");
    }
  }

  @Test
  void size_of2048_isRead_howeverItIsReached_and2049IsMalformed() throws Exception {
    for (boolean inHeader : new boolean[] {true, false}) {
      assertHolds(Algorithm.EDDSA, ofSize(2_048, inHeader));
      assertMalformed(ofSize(2_049, inHeader));
    }
    String token = signed(Algorithm.EDDSA, header(Algorithm.EDDSA), CLAIMS);
    assertBadSignature(Algorithm.EDDSA, token + "A".repeat(2_048 - token.length()));
    assertMalformed(token + "A".repeat(2_049 - token.length()));
  }

  private static String nested(String pair, int levels, boolean inHeader) throws Exception {
    String open = pair.equals("[]") ? "[" : "{\"x\":";
    String close = pair.substring(1);
    String value = open.repeat(levels - 1) + pair + close.repeat(levels - 1);
    String header = header(Algorithm.EDDSA);
    return inHeader
        ? signed(Algorithm.EDDSA, with(header, "\"x\":" + value), CLAIMS)
        : signed(Algorithm.EDDSA, header, with(CLAIMS, "\"x\":" + value));
  }

  private static String ofSize(int size, boolean inHeader) throws Exception {
    for (int padding = 1_100; padding < size; padding++) {
      // Digits come in twos, ones and ones: a little in the other part reaches every size.
      for (int more = 0; more < 3; more++) {
        String header = "\"x\":\"" + "x".repeat(inHeader ? padding : more) + "\"";
        String claims = "\"x\":\"" + "x".repeat(inHeader ? more : padding) + "\"";
        String input =
            part(with(header(Algorithm.EDDSA), header)) + "." + part(with(CLAIMS, claims));
        if (input.length() + 87 == size) {
          return seal(Algorithm.EDDSA, input);
        }
      }
    }
    throw new AssertionError("no token of " + size + " bytes");
  }

  private static List<String> otherSpellings(String part) {
    char last = part.charAt(part.length() - 1);
    String withoutLast = part.substring(0, part.length() - 1);
    List<String> others =
        new ArrayList<>(
            List.of(
                part + "=",
                part + "==",
                part + "===",
                part + "A".repeat((5 - part.length() % 4) % 4),
                part.replace('-', '+'),
                part.replace('_', '/'),
                part + " ",
                " " + part,
                part + "\n",
                withoutLast + "\r\n" + last,
                withoutLast + "\u0000" + last,
                withoutLast + "\u00e9" + last,
                withoutLast + "%" + last,
                withoutLast));
    // Two or four bits of the last digit belong to no byte.
    int spareBits = part.length() % 4 == 2 ? 4 : part.length() % 4 == 3 ? 2 : 0;
    for (int bit = 0; bit < spareBits; bit++) {
      others.add(withoutLast + digit(last, 1 << bit));
    }
    others.removeIf(part::equals);
    return others;
  }

  /** Signed over bytes of JSON that are no UTF-8. */
  private static String latin1(String header, String claims) throws Exception {
    String first = Base64Url.encode(header.getBytes(ISO_8859_1));
    return seal(Algorithm.EDDSA, first + "." + Base64Url.encode(claims.getBytes(ISO_8859_1)));
  }
}
