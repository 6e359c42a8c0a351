package io.vestibule.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromQlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "up | up",
        "1 - .5e3 + 0x1f | ~~",
        "rate(a_total[5m]) / rate(b_total[5m:10s] offset 1h) | a_total;b_total",
        "sum by (le, job) (rate(a_bucket{job=~\"$job\"}[1m])) | a_bucket{job=~\"$job\"}",
        "SUM(a) BY (b) | a",
        "sum without (b) (a) | a",
        "a * on (node, job) group_left (version) b | a;b",
        "a * ignoring(c) group_left b | a;b",
        "histogram_quantile(0.99, sum(rate(a_bucket[5m])) by (le)) > 1 | a_bucket",
        "a{x=\"}\", y='(b)'} and c{z=`}`} | a{x=\"}\", y='(b)'};c{z=`}`}",
        "a{x=\"say \\\"b\\\"\"} unless c | a{x=\"say \\\"b\\\"\"};c",
        "job:a:rate5m > bool 0.5 or vector(0) | job:a:rate5m",
        "absent(up{job=\"v\"} == 1) | up{job=\"v\"}",
        "count({__name__=~\"a.*\"}) | {__name__=~\"a.*\"}",
        "topk(5, a) # b | a",
        "label_replace(a, \"b\", \"$1\", \"c\", \"(.*)\") | a",
        "time() - a_seconds @ end() | a_seconds",
        "max_over_time(a[5m]) - min_over_time(a[5m]) | a;a",
      })
  void expression_itsSelectors_andNothingElse(String expression, String expected) {
    assertThat(PromQl.parse(expression).selectors())
        .extracting(Selector::text)
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(";")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"a{b=\"c\"} | a", "{b=\"c\"} | ~~", "x:y | x:y"})
  void selector_namesItsMetric(String expression, String metric) {
    assertThat(PromQl.parse(expression).selectors())
        .singleElement()
        .extracting(Selector::metric)
        .isEqualTo(metric);
  }

  @Test
  void matchers_rangeFunctionAndGroupings_areTold() {
    PromQl parsed = PromQl.parse("SUM by (job, le) (rate(a_total{b=~'x|y', c!=\"}\"} [5m]))");

    assertThat(parsed.groupings()).containsExactly("job", "le");
    Selector selector = parsed.selectors().get(0);
    assertThat(selector.function()).isEqualTo("rate");
    assertThat(selector.matches())
        .containsExactly(new PromQl.Match("b", "=~", "x|y"), new PromQl.Match("c", "!=", "}"));
    assertThat(selector.matches().get(0).values()).containsExactly("x", "y");
  }
}
