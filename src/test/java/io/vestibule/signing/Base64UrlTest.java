package io.vestibule.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
  @Property
  void decode_ofWhatWasEncoded_givesTheBytes(@ForAll byte[] bytes) {
    assertThat(Base64Url.decode(Base64Url.encode(bytes))).hasValue(bytes);
  }

  @Property
  void decode_ofAnyText_isEmptyUnlessItIsTheOneTextOfItsBytes(
      @ForAll @CharRange(from = '+', to = 'z') @StringLength(max = 8) String text) {
    Optional<byte[]> decoded = Base64Url.decode(text);

    assertThat(decoded.isPresent()).isEqualTo(canonical(text));
    decoded.ifPresent(bytes -> assertThat(Base64Url.encode(bytes)).isEqualTo(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A", "AAAAA", "AB", "AAB", "AA==", "AA=", "AA ", " AA", "A A", "A\nA", "+A", "/w", "é",
        "A\u0000", "ＡＡ"
      })
  void decode_ofSomethingElse_isEmpty(String text) {
    assertThat(Base64Url.decode(text)).isEmpty();
  }

  private static boolean canonical(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
