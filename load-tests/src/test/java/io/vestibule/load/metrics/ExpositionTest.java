package io.vestibule.load.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ExpositionTest {
  private static final String TEXT =
      """
      # HELP vestibule_doors_connected Doors
      # TYPE vestibule_doors_connected gauge
      vestibule_doors_connected{protocol="mqtt_3_1_1",transport="tls"} 19000.0
      vestibule_doors_connected{protocol="mqtt_5",transport="tls"} 2.0
      vestibule_doors_connected_max 19500.0
      vestibule_build_info{version="0.1 {odd} text"} 1.0
      vestibule_age_seconds{quantile="1"} NaN
      vestibule_age_seconds_bucket{le="+Inf"} +Inf
      jvm_gc_pause_seconds_max 1.5E-2
      """;

  private final Exposition exposition = Exposition.parse(TEXT);

  @Test
  void eachLineThatIsNoComment_isASeries() {
    assertThat(exposition.seriesCount()).isEqualTo(7);
    assertThat(exposition.values())
        .containsEntry("jvm_gc_pause_seconds_max", 0.015)
        .containsEntry("vestibule_age_seconds{quantile=\"1\"}", Double.NaN)
        .containsEntry("vestibule_age_seconds_bucket{le=\"+Inf\"}", Double.POSITIVE_INFINITY)
        .containsEntry("vestibule_build_info{version=\"0.1 {odd} text\"}", 1.0);
  }

  @Test
  void itsOwn_areThoseOfTheGateway() {
    assertThat(exposition.own()).hasSize(6).allMatch(series -> series.startsWith("vestibule_"));
  }

  @Test
  void aSum_isOverTheLabelsOfThatNameAlone() {
    assertThat(exposition.sum("vestibule_doors_connected")).isEqualTo(19_002);
    assertThat(exposition.sum("vestibule_doors")).isNaN();
  }

  @Test
  void aSum_isOverTheSeriesWithAllThoseLabels() {
    assertThat(exposition.sum("vestibule_doors_connected", "mqtt_5", "tls")).isEqualTo(2);
    assertThat(exposition.sum("vestibule_doors_connected", "mqtt_5", "plain")).isNaN();
  }

  @Test
  void itsSize_isInBytes() {
    assertThat(Exposition.parse("a{b=\"é\"} 1\n").byteCount()).isEqualTo(12);
  }

  @Test
  void whatIsNoExposition_isABug() {
    assertThatThrownBy(() -> Exposition.parse("<html>")).isInstanceOf(RuntimeException.class);
  }
}
