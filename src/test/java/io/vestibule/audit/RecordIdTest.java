package io.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"0-0", "1763884800000-0", "18446744073709551615-18446744073709551615"})
  void id_readsAndWritesAsRedisDoes(String text) {
    assertThat(RecordId.parse(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "1-",
        "-1",
        "1-1-1",
        "01-1",
        "1-01",
        "+1-1",
        "1-1 ",
        "a-1",
        "(1-1",
        "$",
        "*",
        "18446744073709551616-0",
        "0-18446744073709551616",
        "1-1\n",
        "١-1"
      })
  void whatRedisWouldNotGive_isNoId(String text) {
    assertThat(RecordId.parse(text)).isEmpty();
  }

  @Test
  void order_isThatOfRecording_alsoPastTheSignedRange() {
    assertThat(new RecordId(2, 0)).isGreaterThan(new RecordId(1, 9));
    assertThat(new RecordId(1, 10)).isGreaterThan(new RecordId(1, 9));
    assertThat(new RecordId(-1, 0)).isGreaterThan(new RecordId(Long.MAX_VALUE, 0));
    assertThat(new RecordId(1, -1)).isGreaterThan(new RecordId(1, 5));
    assertThat(new RecordId(1, 1).after(new RecordId(1, 1))).isFalse();
  }

  @Test
  void timePastTheYear9999_isItsEnd() {
    assertThat(new RecordId(-1, 0).recordedAt()).hasToString("9999-12-31T23:59:59.999Z");
    assertThat(new RecordId(5, 0).recordedAt()).hasToString("1970-01-01T00:00:00.005Z");
  }
}
