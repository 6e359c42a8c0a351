package io.vestibule.load.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.load.stage.CannotRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JmhResultTest {
  private static final String SAMPLED =
      """
      {"benchmark": "io.vestibule.bench.SignedDecisionBenchmark.verifyAlone", "mode": "sample",
       "params": {"algorithm": "ES256"},
       "primaryMetric": {"score": 40123.4, "scorePercentiles": {"50.0": 36000.0, "100.0": 1e6},
        "rawDataHistogram": [[[[1.0, 1], [2.0, 2]], [[30.0, 1], [10.0, 1], [20.0, 1]]], [[[5.0, 9]]]]},
       "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 16.6}}}""";
  private static final String AVERAGED =
      """
      {"benchmark": "io.vestibule.bench.CacheHitBenchmark.hit",
       "primaryMetric": {"score": 95.5, "scorePercentiles": {"50.0": "NaN"}},
       "secondaryMetrics": {}}""";

  @Test
  void aResult_isReadByTheShortNameOfItsBenchmark() throws Exception {
    JmhResult result = read(SAMPLED);

    assertThat(result)
        .isEqualTo(
            new JmhResult(
                "verifyAlone",
                Map.of("algorithm", "ES256"),
                40123.4,
                36000.0,
                List.of(2.0, 20.0, 5.0),
                16.6));
  }

  @Test
  void whatWasNotMeasured_isNoNumber() throws Exception {
    JmhResult result = read(AVERAGED);

    assertThat(result.params()).isEmpty();
    assertThat(result.mean()).isEqualTo(95.5);
    assertThat(result.p50()).isNaN();
    assertThat(result.iterationP50s()).isEmpty();
    assertThat(result.bytes()).isNaN();
  }

  @Test
  void results_areFoundByNameAndParameters_andMissedInWords() throws Exception {
    Jmh.Results results = new Jmh.Results(List.of(read(SAMPLED), read(AVERAGED)));

    assertThat(results.of("verifyAlone", Map.of("algorithm", "ES256"))).isEqualTo(read(SAMPLED));
    assertThatThrownBy(() -> results.of("verifyAlone", Map.of("algorithm", "EDDSA")))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("JMH has no result of verifyAlone {algorithm=EDDSA}");
  }

  private static JmhResult read(String json) throws Exception {
    return JmhResult.read(new ObjectMapper().readTree(json));
  }
}
