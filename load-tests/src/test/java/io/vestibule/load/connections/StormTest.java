package io.vestibule.load.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Judge;
import io.vestibule.load.report.Latencies;
import io.vestibule.load.traffic.Connects;
import io.vestibule.load.traffic.Tallies;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StormTest {
  private static final String HANDSHAKES =
      """
      vestibule_door_handshake_duration_seconds_count{handshake="full"} 300
      vestibule_door_handshake_duration_seconds_count{handshake="resumed"} 20
      """;

  private static final String NONE_REFUSED =
      Stream.of(
              "client_id",
              "certificate",
              "credentials",
              "unregistered",
              "revoked",
              "protocol",
              "error")
          .map("vestibule_door_connects_refused_total{cause=\"%s\"} 0\n"::formatted)
          .collect(Collectors.joining());

  @Test
  void aGatewayThatDoesNotShowWhatItRefused_missesTheBound() {
    Storm renamed = storm(HANDSHAKES + NONE_REFUSED.replace("revoked", "withdrawn"), Map.of());

    assertThat(missed(storm(HANDSHAKES, Map.of()))).hasSize(1);
    assertThat(missed(renamed)).hasSize(1);
    assertThat(missed(storm(HANDSHAKES + NONE_REFUSED, Map.of()))).isEmpty();
  }

  @Test
  void doorsThatMustWait_areNoFault() {
    Storm storm =
        storm(
            HANDSHAKES
                + NONE_REFUSED
                + "vestibule_door_connects_refused_total{cause=\"rate\"} 40\n",
            Map.of());

    assertThat(storm.refusedWithoutNeed()).isZero();
    assertThat(missed(storm)).isEmpty();
    assertThat(value(storm, "Refused by the gateway", "count")).isEqualTo(40);
  }

  @Test
  void doorsThatAreRefusedForGood_missTheBound() {
    Storm storm =
        storm(
            HANDSHAKES
                + NONE_REFUSED
                + """
                vestibule_door_connects_refused_total{cause="certificate"} 2
                vestibule_door_connects_refused_total{cause="unregistered"} 1
                """,
            Map.of());

    assertThat(storm.refusedWithoutNeed()).isEqualTo(3);
    assertThat(missed(storm))
        .singleElement()
        .satisfies(figure -> assertThat(figure.measure().name()).isEqualTo("refused without need"));
  }

  @Test
  void handshakesAndPace_areFigures() {
    Storm storm = storm(HANDSHAKES, Map.of());
    String section = "Doors that connect at once";

    assertThat(value(storm, section, "connected")).isEqualTo(150);
    assertThat(value(storm, section, "full handshakes")).isEqualTo(300);
    assertThat(value(storm, section, "resumed")).isEqualTo(20);
    assertThat(storm.figures())
        .filteredOn(figure -> figure.measure().unit().equals("µs"))
        .extracting(figure -> figure.subject().name(), Figure::value)
        .containsExactlyInAnyOrder(
            tuple("at first: gateway", 900.0), tuple("at first: generator", 700.0));
  }

  @Test
  void attemptsThatWereMadeAgain_areNamedByWhy() {
    assertThat(storm(HANDSHAKES, Map.of("connection refused", 7)).figures())
        .filteredOn(figure -> figure.subject().section().equals("Connections that were made again"))
        .singleElement()
        .satisfies(
            figure -> {
              assertThat(figure.subject().name()).isEqualTo("at first: connection refused");
              assertThat(figure.value()).isEqualTo(7);
            });
  }

  private static Storm storm(String metrics, Map<String, Integer> losses) {
    return new Storm(
        "at first",
        300,
        new Rush(2, Map.of("gateway", 900.0, "generator", 700.0)),
        new Connects(new Latencies(), new Latencies()),
        losses,
        Exposition.parse(metrics),
        Tallies.opened(300, 1));
  }

  private static List<Figure> missed(Storm storm) {
    return new Judge(false).missed(storm.figures());
  }

  private static double value(Storm storm, String section, String measure) {
    return storm.figures().stream()
        .filter(figure -> figure.subject().section().equals(section))
        .filter(figure -> figure.measure().name().equals(measure))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
