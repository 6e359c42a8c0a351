package io.vestibule.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.json.ObjectReader.Kind;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectReaderTest {
  private static final KnownTexts KNOWN = KnownTexts.of("sub", "long-and-known");

  @Test
  void members_comeInTheirOrder_withTheirKinds() throws Exception {
    ObjectReader reader =
        open(
            " {\"t\" : \"x\",\"n\":-1.5e3 ,\"b\":true,\"c\":false,\"z\":null,\"o\":{},\"a\":[]}\r\n\t");

    List<String> seen = new ArrayList<>();
    while (reader.next()) {
      seen.add(reader.name(KNOWN) + " " + reader.kind());
    }

    assertThat(seen)
        .containsExactly(
            "t TEXT", "n NUMBER", "b BOOLEAN", "c BOOLEAN", "z NULL", "o OBJECT", "a ARRAY");
  }

  @Test
  void knownNames_areTheSameStringEachTime_andOthersAreReadAllTheSame() throws Exception {
    ObjectReader reader =
        open("{\"sub\":\"s\\u0075b\",\"long-and-knowm\":1,\"long-and-known\":2,\"subs\":3,\"\":4}");

    assertThat(reader.next()).isTrue();
    assertThat(reader.name(KNOWN)).isSameAs(reader.text(KNOWN).orElseThrow()).isEqualTo("sub");
    for (String name : List.of("long-and-knowm", "long-and-known", "subs", "")) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.name(KNOWN)).isEqualTo(name);
    }
    assertThat(reader.next()).isFalse();
  }

  @Test
  void nestedObject_isEnteredAndLeft_orPassedOver() throws Exception {
    String json = "{\"a\":{\"b\":{\"c\":1},\"d\":2},\"e\":[{\"f\":[3]}],\"g\":4}";

    ObjectReader inside = open(json);
    assertThat(inside.next()).isTrue();
    assertThat(inside.enter()).isTrue();
    assertThat(namesOf(inside)).containsExactly("b", "d");
    assertThat(namesOf(inside)).containsExactly("e", "g");

    assertThat(namesOf(open(json))).containsExactly("a", "e", "g");
  }

  @Test
  void enter_ofWhatIsNoObject_doesNothing() throws Exception {
    ObjectReader reader = open("{\"a\":[1,2],\"b\":3}");

    assertThat(reader.next()).isTrue();
    assertThat(reader.enter()).isFalse();
    assertThat(namesOf(reader)).containsExactly("b");
  }

  @Test
  void values_askedForAsSomethingElse_areEmpty() throws Exception {
    for (String value : List.of("1.5", "true", "null", "{}", "[]", "\"1\"")) {
      ObjectReader reader = at(value);

      assertThat(reader.integer()).isEmpty();
      assertThat(reader.text().isPresent()).isEqualTo(value.startsWith("\""));
      assertThat(reader.number().isPresent()).isEqualTo(value.equals("1.5"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "7,7",
    "-12,-12",
    "999999999999999,999999999999999",
    "1000000000000000,1000000000000000",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808"
  })
  void integer_asFarAsALongGoes_isRead(String digits, long number) throws Exception {
    assertThat(at(digits).integer()).isEqualTo(OptionalLong.of(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.0", "1e3", "1E0", "-0.0", "9223372036854775808", "-9223372036854775809"})
  void integer_withFractionOrExponentOrBeyondALong_isEmpty(String digits) throws Exception {
    assertThat(at(digits).integer()).isEmpty();
    assertThat(at(digits).number()).isEqualTo(OptionalDouble.of(Double.parseDouble(digits)));
  }

  @Test
  void numbers_haveAtMost64Digits() throws Exception {
    for (String number :
        List.of("1".repeat(64), "-1." + "1".repeat(63), "1e+" + "0".repeat(63), "1.1e400")) {
      assertThat(at(number).kind()).isEqualTo(Kind.NUMBER);
    }
    for (String number :
        List.of(
            "1".repeat(65), "1." + "1".repeat(64), "1e+" + "0".repeat(64), "0e" + "0".repeat(64))) {
      assertMalformed("{\"a\":" + number + "}");
    }
  }

  @Property
  void decimals_areTheNearestDoubles(
      @ForAll long whole, @ForAll @IntRange(max = 20) int scale, @ForAll boolean exponent)
      throws Exception {
    String digits = String.valueOf(whole);
    String number = exponent ? digits + "e-" + scale : pointed(digits, scale);

    assertThat(at(number).number()).isEqualTo(OptionalDouble.of(Double.parseDouble(number)));
  }

  @Property
  void doubles_readBackAsThemselves(@ForAll double number) throws Exception {
    assertThat(at(String.valueOf(number)).number()).isEqualTo(OptionalDouble.of(number));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "\\\"\\\\\\/|\"\\/",
        "a\\u0062c|abc",
        "\\u00e9\\u00E9é|ééé",
        "\\u20ac€|€€",
        "\\ud83d\\ude80🚀|🚀🚀",
        "x\\u0041\\u0042y\\u0043z|xAByCz"
      })
  void text_isUnescaped(String escaped, String text) throws Exception {
    assertThat(at("\"" + escaped + "\"").text()).hasValue(text);
  }

  @Test
  void text_withControlCharactersEscaped_isRead() throws Exception {
    assertThat(at("\"\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\"").text())
        .hasValue("\b\f\n\r\t\u0000\u001f\u007f");
  }

  @Property
  void anyText_escapedInAnyWay_readsAsItself(@ForAll String text, @ForAll boolean[] escapes)
      throws Exception {
    StringBuilder json = new StringBuilder("\"");
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      boolean must = c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c);
      boolean may = escapes.length > 0 && escapes[index % escapes.length];
      json.append(must || may ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }

    if (wellPaired(text)) {
      assertThat(at(json.append('"').toString()).text()).hasValue(text);
    } else {
      assertMalformed("{\"a\":" + json.append("\"}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\x",
        "\\'",
        "\\U0041",
        "\\u",
        "\\u004",
        "\\u004g",
        "\\u+041",
        "\\",
        "\\ud83d",
        "\\ude80",
        "\\ud83dx",
        "\\ud83d\\n",
        "\\ud83d\\u0041",
        "\\ude80\\ud83d",
        "\\ud83d\\ud83d"
      })
  void escape_thatMeansNothing_isMalformed(String escape) {
    assertMalformed("{\"a\":\"" + escape + "\"}");
    assertMalformed("{\"" + escape + "\":1}");
    assertMalformed("{\"a\":[\"\\n" + escape + "\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // a continuation
        "bf",
        "c3", // cut off
        "c328",
        "e282",
        "e28228",
        "f09f9a",
        "f09f28a0",
        "c080", // longer than need be
        "c1bf",
        "e08080",
        "e09fbf",
        "f0808080",
        "f08fbfbf",
        "eda080", // surrogates
        "edb080",
        "edbfbf",
        "eda0bdedba80",
        "f4908080", // beyond U+10FFFF
        "f5808080",
        "f888808080",
        "fc8480808080",
        "fe",
        "ff"
      })
  void bytes_thatAreNotUtf8_areMalformed(String hex) {
    String text = new String(HexFormat.of().parseHex(hex), ISO_8859_1);

    for (String json :
        List.of("{\"a\":\"%s\"}", "{\"%s\":1}", "{\"a\":\"\\n%sx\"}", "{%s}", "%s{}")) {
      assertMalformed(json.replace("%s", text).getBytes(ISO_8859_1));
    }
    assertMalformed(("{\"a\":\"" + text).getBytes(ISO_8859_1));
  }

  @Test
  void everyCharacter_inUtf8_isRead() throws Exception {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 61) {
      if (point >= ' ' && point != '"' && point != '\\' && !surrogate(point)) {
        String text = Character.toString(point);
        assertThat(at("\"" + text + "\"").text()).hasValue(text);
      }
    }
    assertThat(at("\"\udbff\udfff\"").text()).hasValue("\udbff\udfff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "{}}",
        "{}{}",
        "{} x",
        "{}\u0000",
        "[]",
        "1",
        "null",
        "\"a\"",
        "\ufeff{}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\" 1}",
        "{\"a\"::1}",
        "{\"a\":1,,\"b\":2}",
        "{\"a\":1]",
        "{\"a\":[1}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1 2]}",
        "{\"a\":[1:2]}",
        "{\"a\":[\"b\":2]}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{null:1}",
        "{\"a\":'b'}",
        "{\"a\":b}",
        "{\"a\":tru}",
        "{\"a\":True}",
        "{\"a\":truee}",
        "{\"a\":nul",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":undefined}",
        "{\"a\":01}",
        "{\"a\":-01}",
        "{\"a\":00}",
        "{\"a\":+1}",
        "{\"a\":-}",
        "{\"a\":.1}",
        "{\"a\":1.}",
        "{\"a\":1.e1}",
        "{\"a\":1e}",
        "{\"a\":1e+}",
        "{\"a\":1e1.5}",
        "{\"a\":1_0}",
        "{\"a\":0x1}",
        "{\"a\":1f}",
        "{\"a\":1",
        "{\"a\":\"b}",
        "{\"a\":\"b\n\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\u001f\"}",
        "{\"a\n\":1}",
        "{\"a\":1}/**/",
        "//\n{}",
        "{\"a\":1,#\n\"b\":1}",
        "\u000c{}",
        "{\u00a0}"
      })
  void whatRfc8259DoesNotAllow_isMalformed(String json) {
    assertMalformed(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"b\":2,\"\\u0061\":3}",
        "{\"\\u0061\":1,\"a\":3}",
        "{\"\":1,\"\":1}",
        "{\"é\":1,\"\\u00e9\":1}",
        "{\"🚀\":1,\"\\ud83d\\ude80\":1}",
        "{\"longer than a key\":1,\"longer than a ke\\u0079\":1}",
        "{\"x\":{\"a\":1,\"a\":1}}",
        "{\"x\":[[{\"a\":1,\"\\u0061\":1}]]}",
        "{\"x\":{\"y\":{}},\"x\":1}",
        "{\"a\":{\"a\":{\"a\":1}},\"b\":1,\"a\":1}"
      })
  void memberTwice_onAnyLevel_howeverEscaped_isMalformed(String json) {
    assertMalformed(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}",
        "{\"x\":[{\"a\":1},{\"a\":1}]}",
        "{\"A\":1,\"a\":1,\"a \":1,\"aa\":1,\"\":1}",
        "{\"longer1a\":1,\"longer1b\":1,\"longer1\":1,\"longer\":1,\"longer1ab\":1}",
        "{\"\\u0000\":1,\"\\u0000\\u0000\":1,\"\":1}",
        "{\"\\u0007\":1,\"\\u0007\\u0007\":1}"
      })
  void sameNameElsewhere_orAlmostTheSame_isNotTwice(String json) throws Exception {
    assertThat(namesOf(open(json))).isNotEmpty();
  }

  @Test
  void levels_upTo32_areRead() throws Exception {
    for (String nested :
        List.of("[".repeat(31) + "]".repeat(31), "{\"a\":".repeat(31) + "1" + "}".repeat(31))) {
      assertThat(namesOf(open("{\"a\":" + nested + "}"))).containsExactly("a");
      assertMalformed("{\"a\":[" + nested + "]}");
    }
  }

  @Test
  void hundredThousandLevels_areMalformed_andEndSoon() {
    int levels = 100_000;
    String arrays = "{\"a\":" + "[".repeat(levels);
    String objects = "{\"a\":".repeat(levels);

    for (String json :
        List.of(
            arrays,
            objects,
            arrays + "]".repeat(levels) + "}",
            objects + "1" + "}".repeat(levels))) {
      assertMalformed(json);
    }
  }

  @Test
  @Timeout(10)
  void membersWithoutEnd_areMalformed_andEndSoon() {
    for (String prefix : List.of("", "a name that is longer than what is compared first ")) {
      StringBuilder json = new StringBuilder("{\"x\":0");
      for (int index = 0; index < 200_000; index++) {
        json.append(",\"").append(prefix).append(index).append("\":0");
      }

      assertMalformed(json.append('}').toString());
    }
  }

  @Test
  void asManyMembersAsAToken_holds_areRead() throws Exception {
    StringBuilder json = new StringBuilder("{\"\":0");
    for (int index = 0; index < 511; index++) {
      json.append(",\"").append(Integer.toString(index, Character.MAX_RADIX)).append("\":0");
    }

    assertThat(namesOf(open(json + "}"))).hasSize(512);
    assertMalformed(json + ",\"one-more\":0}");
  }

  @Test
  @Timeout(10)
  void flatArray_ofAnyLength_isPassedOver() throws Exception {
    String json = "{\"a\":[" + "{\"b\":1},".repeat(200_000) + "0]}";

    assertThat(namesOf(open(json))).containsExactly("a");
  }

  @Test
  void readingOn_behindTheEnd_isMalformed() throws Exception {
    ObjectReader reader = open("{}");

    assertThat(reader.next()).isFalse();
    assertThatThrownBy(reader::next).isInstanceOf(MalformedJson.class);
  }

  private static String pointed(String digits, int scale) {
    String padded = digits.replace("-", "");
    padded = "0".repeat(Math.max(0, scale + 1 - padded.length())) + padded;
    int point = padded.length() - scale;
    return (digits.startsWith("-") ? "-" : "")
        + padded.substring(0, point)
        + (scale == 0 ? "" : "." + padded.substring(point));
  }

  private static boolean wellPaired(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }

  private static boolean surrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  /** A reader at the only member, which has this value. */
  private static ObjectReader at(String value) throws MalformedJson {
    ObjectReader reader = open("{\"a\":" + value + "}");
    assertThat(reader.next()).isTrue();
    return reader;
  }

  private static List<String> namesOf(ObjectReader reader) throws MalformedJson {
    List<String> names = new ArrayList<>();
    while (reader.next()) {
      names.add(reader.name(KNOWN));
    }
    return names;
  }

  private static ObjectReader open(String json) throws MalformedJson {
    return ObjectReader.open(json.getBytes(UTF_8));
  }

  private static void assertMalformed(String json) {
    assertMalformed(json.getBytes(UTF_8));
  }

  private static void assertMalformed(byte[] json) {
    assertThatThrownBy(() -> namesOf(ObjectReader.open(json))).isInstanceOf(MalformedJson.class);
  }
}
