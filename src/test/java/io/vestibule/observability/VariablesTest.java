package io.vestibule.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class VariablesTest {
  private final Variables variables =
      new Variables(Map.of("job", "a|b", "__rate_interval", "15s", "backslash", "\\d$1"));

  @Test
  void everyForm_isFilledIn() {
    assertThat(
            variables.in("rate(a{job=~\"$job\", x=~\"${job:regex}\"}[$__rate_interval])+[[job]]"))
        .isEqualTo("rate(a{job=~\"a|b\", x=~\"a|b\"}[15s])+a|b");
  }

  @Test
  void unknownName_andAValueWithSigns_stayAsTheyAre() {
    assertThat(variables.in("$jobs $backslash ${1}")).isEqualTo("$jobs \\d$1 ${1}");
  }
}
