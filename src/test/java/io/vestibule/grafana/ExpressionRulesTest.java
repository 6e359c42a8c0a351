package io.vestibule.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions are read as Prometheus reads them, and each way of being wrong is found. */
final class ExpressionRulesTest {
  private static final String OURS = "job=~\"$job\", instance=~\"$instance\"";

  private final ExpressionRules rules =
      new ExpressionRules(new KnownSeries(List.of("job:x:rate5m")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (outcome) (rate(vestibule_unlocks_total{@}[$__rate_interval]))",
        "max(vestibule_unlocks_in_flight{@} / on (job, instance) vestibule_unlocks_in_flight_max{@}) # share",
        "1 - job:x:rate5m{job=~\"$job\"} offset 1d > bool 0.5",
        "sum(increase(vestibule_unlocks_total{@, outcome!=\"opened\"}[$__range]))",
        "histogram_quantile(0.9, sum by (le) (rate(vestibule_loop_lag_seconds_bucket{@}[$__rate_interval])))",
        "sum(ALERTS{alertstate=\"firing\"}) or label_replace(vector(0), \"a_name\", \"b\", \"\", \"\")",
        "max_over_time((vestibule_ready{@} == 1)[15m:1m])",
        "sum(rate(vestibule_unlock_duration_seconds_count{@, outcome=~\"opened|refused\"}[$__rate_interval]))"
      })
  void rightExpressions_haveNoFault(String expression) {
    assertThat(rules.ofAPanel(ours(expression))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          unknown metric         | `sum(rate(vestibule_unlock_total{@}[$__rate_interval]))`
          unknown label          | `sum(vestibule_ready{@, door="d-1"})`
          unknown value          | `sum(rate(vestibule_unlocks_total{@, outcome="open"}[$__rate_interval]))`
          unknown value          | `sum(rate(vestibule_unlocks_total{@, outcome=~"opened|open"}[$__rate_interval]))`
          unknown value          | `sum(rate(vestibule_loop_lag_seconds_bucket{@, le="1"}[$__rate_interval]))`
          no series has all      | `sum(rate(vestibule_unlocks_total{@, outcome="opened", reason="expired"}[$__rate_interval]))`
          grouped by unknown     | `sum by (door) (vestibule_ready{@})`
          counter outside        | `sum(vestibule_unlocks_total{@})`
          counter outside        | `max_over_time(vestibule_unlocks_total{@}[$__range])`
          gauge in rate          | `sum(rate(vestibule_ready{@}[$__rate_interval]))`
          is not $__rate_interval | `sum(rate(vestibule_unlocks_total{@}[5m]))`
          is not $__rate_interval | `sum(rate(vestibule_unlocks_total{@}[$__range]))`
          without $job           | `sum(vestibule_ready{instance=~"$instance"})`
          without $instance      | `sum(vestibule_ready{job=~"$job"})`
          without $job           | `sum(job:x:rate5m)`
          a quantile without le  | `histogram_quantile(0.9, sum(rate(vestibule_loop_lag_seconds_bucket{@}[$__rate_interval])))`
          nothing is read        | `vector(1)`
          """)
  void wrongExpressions_areFound(String fault, String expression) {
    assertThat(rules.ofAPanel(ours(expression))).anyMatch(found -> found.contains(fault));
  }

  @Test
  void whatIsOfTheFleet_isNotOfChosenGateways() {
    assertThat(rules.ofAPanel("sum(vestibule_doors_connected{job=~\"$job\"})", true)).isEmpty();
    assertThat(rules.ofAPanel(ours("sum(vestibule_doors_connected{@})"), true))
        .containsExactly("with $instance: vestibule_doors_connected");
  }

  @Test
  void variablesOfDashboards_inAnAlert_areFound() {
    assertThat(rules.ofARule("vestibule_ready{job=~\"$job\"} == 0")).isNotEmpty();
    assertThat(rules.ofARule("vestibule_ready == 0")).isEmpty();
  }

  @Test
  void whatASeriesBeganWith_isAskedOfTheSameSeries() {
    String ours = "vestibule_door_events_total{type=\"tamper\"}";
    String others = "vestibule_door_events_total{type=\"opened\"}";

    assertThat(rules.ofARule("sum(" + ours + " unless " + ours + " offset 5m) > 0")).isEmpty();
    assertThat(rules.ofARule("sum(" + ours + " unless " + others + " offset 5m) > 0"))
        .anyMatch(fault -> fault.contains("counter outside"));
  }

  private static String ours(String expression) {
    return expression.replace("@", OURS);
  }
}
