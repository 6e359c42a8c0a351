package io.vestibule.load.unlock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Chart.Curve;
import io.vestibule.load.report.Chart.Point;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.Tallies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ByRateTest {
  private static final List<Tried> GATEWAY =
      List.of(
          new Tried(1_000, 1.5, Map.of("gateway", 90.0, "redis", 40.0)),
          new Tried(2_000, 3, Map.of("gateway", 70.0, "redis", 35.0)));

  @Test
  void eachProcess_hasACurveOfItsCost() {
    Chart cost = new ByRate(GATEWAY, List.of(), List.of()).charts().get(1);

    assertThat(cost.title()).isEqualTo("Processor time of an unlock by rate");
    assertThat(cost.y().unit()).isEqualTo("µs");
    assertThat(cost.curves())
        .containsExactly(
            new Curve("gateway", List.of(new Point(1_000, 90), new Point(2_000, 70))),
            new Curve("redis", List.of(new Point(1_000, 40), new Point(2_000, 35))));
  }

  @Test
  void thePeer_standsBeside_byItsOwnProcesses() {
    List<Tried> peer = List.of(new Tried(200, 8, Map.of("node", 900.0, "redis", 60.0)));

    List<Chart> charts = new ByRate(GATEWAY, peer, List.of()).charts();

    assertThat(charts.get(0).curves())
        .contains(new Curve("peer", List.of(new Point(200, 8))))
        .hasSize(2);
    assertThat(charts.get(1).curves())
        .extracting(Curve::name)
        .containsExactly("gateway", "redis", "peer's node", "peer's redis");
  }

  @Test
  void theFloor_standsBeside_byItsOwnName() {
    List<Tried> floor = List.of(new Tried(6_000, 2, Map.of("floor", 50.0, "redis", 20.0)));

    List<Chart> charts = new ByRate(GATEWAY, List.of(), floor).charts();

    assertThat(charts.get(0).curves())
        .contains(new Curve("floor", List.of(new Point(6_000, 2))))
        .hasSize(2);
    assertThat(charts.get(1).curves())
        .extracting(Curve::name)
        .containsExactly("gateway", "redis", "floor", "floor's redis");
  }

  @Test
  void withoutAProcess_onlyLatencyIsShown() {
    List<Tried> silent = List.of(new Tried(1_000, 1.5, Map.of()));

    List<Chart> charts = new ByRate(silent, List.of(), List.of()).charts();

    assertThat(charts).extracting(Chart::title).containsExactly("Latency by rate");
    assertThat(charts.get(0).curves())
        .containsExactly(new Curve("gateway", List.of(new Point(1_000, 1.5))));
  }

  @Test
  void aStep_keepsItsLatencyAndItsCost() {
    Map<String, Double> micros = Map.of("gateway", 80.0);
    Stretch stretch = new Stretch(Tallies.opened(10, 4), micros, 90, Optional.empty(), 10);

    Tried tried = Tried.at(500, stretch);

    assertThat(tried.rate()).isEqualTo(500);
    assertThat(tried.p99Ms()).isBetween(3.9, 4.1);
    assertThat(tried.micros()).isEqualTo(micros);
  }
}
