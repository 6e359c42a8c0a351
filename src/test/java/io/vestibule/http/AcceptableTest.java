package io.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/x | a/x",
        "a/y | a/y",
        "A/Y | a/y",
        "a/y;q=0.2, a/x;q=0.3 | a/x",
        "a/*;q=0.9, a/y;q=1.0 | a/y",
        "*/*, a/x;q=0.1 | a/y",
        "*/*;q=0.1, a/x;q=0 | a/y",
        "a/x;version=2;q=0.1, a/y ; q=0.5 | a/y",
        "a/x;q=7, a/y | a/x",
        "nonsense, a/y | a/y",
        ",, | a/x"
      })
  void best_isOfTheGreatestWeight_asTheMostSpecificRangeHasIt(String accept, String best) {
    assertThat(new Acceptable(List.of(accept)).best(List.of("a/x", "a/y"))).contains(best);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"b/x", "b/*", "a/x;q=0", "*/*;q=0.0", "a/*;q=0, */*"})
  void nothingAcceptable_isEmpty(String accept) {
    assertThat(new Acceptable(List.of(accept)).best(List.of("a/x", "a/y"))).isEmpty();
  }

  @Test
  void severalHeaders_areOneList_andNoneTakesAll() {
    assertThat(new Acceptable(List.of("b/x", "a/y")).best(List.of("a/x", "a/y"))).contains("a/y");
    assertThat(new Acceptable(List.of()).best(List.of("a/x", "a/y"))).contains("a/x");
  }
}
