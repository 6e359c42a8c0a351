package io.vestibule.load.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.metrics.Change;
import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.report.Figure;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.Tallies;
import io.vestibule.load.traffic.TelemetryStream.Sent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class LevelTest {
  private static final String METRICS =
      """
      vestibule_door_telemetry_total %d
      vestibule_door_payloads_dropped_total{topic="telemetry"} %d
      vestibule_store_yielded_total %d
      """;
  private static final Change COUNTED =
      new Change(
          Exposition.parse(METRICS.formatted(100, 1, 5)),
          Exposition.parse(METRICS.formatted(480, 3, 9)));

  @Test
  void whatTheGatewayCounted_isHeldAgainstWhatWasSent() {
    List<Figure> figures =
        level(Optional.of(COUNTED), Map.of("gateway", 150.0))
            .messages(level(Optional.of(COUNTED), Map.of("gateway", 100.0)));

    assertThat(values(figures))
        .containsOnly(
            Map.entry("sent", 400.0),
            Map.entry("not sent", 10.0),
            Map.entry("not counted by the gateway", 20.0),
            Map.entry("dropped as invalid", 2.0),
            Map.entry("yielded to unlocks at Redis", 4.0),
            Map.entry("without PUBACK", 5.0),
            Map.entry("processor", 50 * 40 / 400.0));
    assertThat(sections(figures)).containsOnly("Telemetry, with QoS 0 and 1 in turns");
  }

  @Test
  void whatAGivenGatewayDoesNotTell_isLeftOut_andSaid() {
    Level level = level(Optional.empty(), Map.of());

    List<Figure> figures = level.messages(level);

    assertThat(values(figures)).containsOnlyKeys("sent", "not sent", "without PUBACK");
    assertThat(sections(figures))
        .containsOnly(
            "Telemetry, with QoS 0 and 1 in turns"
                + "; left out, without --management: what was counted"
                + "; left out, without --process: processor time");
  }

  private static Level level(Optional<Change> change, Map<String, Double> micros) {
    Stretch unlocks = new Stretch(Tallies.openedAndFailed(40, 10), micros, 90, change, 40);
    return new Level(200, unlocks, new Sent(410, 400, 200), change, 195);
  }

  private static Map<String, Double> values(List<Figure> figures) {
    return figures.stream()
        .collect(Collectors.toMap(figure -> figure.measure().name(), Figure::value));
  }

  private static List<String> sections(List<Figure> figures) {
    return figures.stream().map(figure -> figure.subject().section()).toList();
  }
}
