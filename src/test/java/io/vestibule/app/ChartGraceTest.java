package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.config.Durations;
import io.vestibule.helm.Chart;
import io.vestibule.helm.Rendered;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart lets a gateway drain before it is killed. */
final class ChartGraceTest {
  static List<String> scenarios() {
    return Chart.scenarios();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void grace_isLongerThanTheLongestDrain(String scenario) {
    assertDrains(Chart.scenario(scenario));
  }

  @ParameterizedTest
  @CsvSource({"1s, 500ms, 0", "8s, 5s, 5", "8500ms, 5s, 0", "1m, 30s, 30"})
  void computedGrace_followsDeadlineAndPreStop(String deadline, String ack, long preStop) {
    Rendered rendered =
        Chart.render(
            "minimal",
            "{config: {unlock: {deadline: %s, ack-timeout: %s}}, termination: {preStopSeconds: %d}}"
                .formatted(deadline, ack, preStop));

    assertThat(preStopSeconds(rendered.gatewayPod())).isEqualTo(preStop);
    assertDrains(rendered);
  }

  private static void assertDrains(Rendered rendered) {
    JsonNode pod = rendered.gatewayPod();
    String deadline = rendered.config().at("/unlock/deadline").asText();
    double drainSeconds =
        Durations.parse(deadline).orElseThrow().toMillis() / 1_000.0
            + DrainPace.SECONDS_MAX
            + 1 // What the gateway waits past it.
            + Gateway.CLOSING_MAX.toSeconds();

    assertThat(pod.path("terminationGracePeriodSeconds").asDouble())
        .isGreaterThan(preStopSeconds(pod) + drainSeconds);
  }

  private static long preStopSeconds(JsonNode pod) {
    return pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asLong();
  }
}
