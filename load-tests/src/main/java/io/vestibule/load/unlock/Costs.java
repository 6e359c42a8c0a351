package io.vestibule.load.unlock;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Measure;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.Stretch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an unlock costs each process, by rate: what is written together is written more cheaply.
 *
 * @param whose before a process' name: both targets have a Redis
 */
record Costs(String target, String whose, Measured measured, Optional<Bound> gatewayBound) {
  static final String SECTION = "Cost of an unlock";

  static Costs ofGateway(Measured measured, Bound bound) {
    return new Costs("the gateway", "", measured, Optional.of(bound));
  }

  static Costs ofPeer(Measured measured) {
    return new Costs("the peer", "peer's ", measured, Optional.empty());
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    byRate().forEach((rate, runs) -> figures.addAll(figures(rate, runs)));
    return figures;
  }

  /** Of two at one rate the longer, which is the first: a line has room for one of them. */
  private Map<String, Runs> byRate() {
    Map<String, Runs> byRate = new LinkedHashMap<>();
    byRate.put(TargetFigures.rate(measured.steady()), measured.steady());
    for (Highest highest : List.of(measured.highest(), measured.sustained())) {
      byRate.putIfAbsent(TargetFigures.rate(highest.confirmed()), highest.confirmed());
    }
    return byRate;
  }

  private List<Figure> figures(String rate, Runs runs) {
    List<Figure> figures = new ArrayList<>();
    for (String process : runs.stretches().get(0).microsEach().keySet()) {
      figures.add(
          new Figure(
              new Figure.Subject(SECTION, whose + process + " at " + rate),
              new Measure("processor", "µs"),
              runs.micros(process),
              process.equals(Target.GATEWAY) ? gatewayBound : Optional.empty()));
    }
    figures.add(
        new Figure.Subject(SECTION, "the generator beside " + target + " at " + rate)
            .figure("processor", "µs", runs.median(Stretch::generatorMicros)));
    return figures;
  }
}
