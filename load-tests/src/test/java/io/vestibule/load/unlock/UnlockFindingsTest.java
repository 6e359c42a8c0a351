package io.vestibule.load.unlock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Judge;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.Tallies;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UnlockFindingsTest {
  private static final UnlockPlan PLAN =
      new UnlockPlan(40, 1_000, 1, true, true, false, UnlockPlan.Pace.FULL, Optional.empty());
  private static final InetSocketAddress ANYWHERE = InetSocketAddress.createUnresolved("a", 1);
  private static final Map<String, Double> DEAR = Map.of("node", 700.0);
  private static final Map<String, Double> CHEAP = Map.of("gateway", 60.0);

  @Test
  void thePeer_isHeldAgainstTheGateway_atRateAndCost() {
    List<Figure> figures = with(measured(9_000, CHEAP), measured(600, DEAR)).figures();

    assertThat(ratio(figures, "highest rate of the gateway by the peer's")).isEqualTo(15);
    assertThat(ratio(figures, "processor time of the peer by the gateway's, Redis included"))
        .isEqualTo(700 / 60.0);
  }

  @Test
  void theCost_isJudgedAtEachRate_onceAtEach() {
    Measured dear = measured(9_000, Map.of("gateway", 90.0));

    List<Figure> judged =
        with(dear, measured(600, DEAR)).figures().stream()
            .filter(figure -> figure.subject().section().equals("Cost of an unlock"))
            .filter(figure -> figure.bound().isPresent())
            .toList();

    assertThat(judged)
        .extracting(figure -> figure.subject().name())
        .containsExactly("gateway at 1,000/s", "gateway at 9,000/s");
    assertThat(new Judge(false).missed(judged)).hasSize(2);
  }

  @Test
  void noTwoFigures_shareAPlaceInATable_alsoWhereGatewayAndPeerHaveARateInCommon() {
    Measured gateway = measured(1_000, Map.of("gateway", 60.0, "redis", 30.0));
    Measured peer = measured(1_000, Map.of("node", 700.0, "redis", 90.0));

    assertThat(with(gateway, peer).figures())
        .extracting(figure -> List.of(figure.subject(), figure.measure()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aPeerWithoutARate_isNoReasonForAGoodRatio() {
    Runs runs = runs(600, DEAR);
    Measured none = unkept(runs);

    assertThat(missed(with(measured(9_000, CHEAP), none))).contains("ratio");
  }

  @Test
  void whatWasNotMeasured_isSaid() {
    UnlockPlan alone =
        new UnlockPlan(40, 1_000, 1, false, false, false, UnlockPlan.Pace.FULL, Optional.empty());

    assertThat(alone.leftOut()).hasSize(3);
    assertThat(
            new UnlockPlan(40, 1_000, 1, true, true, true, UnlockPlan.Pace.FULL, Optional.empty())
                .leftOut())
        .isEmpty();
  }

  @Test
  void theFloor_addsLittleToAQuickRun_andIsMeasuredInFullOtherwise() {
    UnlockPlan quick =
        new UnlockPlan(40, 100, 2, true, true, true, UnlockPlan.Pace.QUICK, Optional.empty());

    assertThat(quick.aside().repeats()).isEqualTo(1);
    assertThat(quick.aside().pace().stepsMax()).isEqualTo(1);
    assertThat(PLAN.aside()).isEqualTo(PLAN);
  }

  @Test
  void moreRepeats_haveMoreTime() {
    UnlockPlan often =
        new UnlockPlan(40, 100, 100, true, true, true, UnlockPlan.Pace.FULL, Optional.empty());

    assertThat(new Unlock(often).limit()).isGreaterThan(Duration.ofHours(9));
    assertThat(new Unlock(PLAN).limit()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aGivenGateway_isNotHeldToWhatItDoesNotTell_andTheReportSaysSo() {
    UnlockPlan plan = given(List.of(new Target.Part("redis", 1)), Optional.empty());
    Runs runs = runs(9_000, Map.of("redis", 90.0));
    Highest kept = new Highest(runs, true, List.of());
    Measured silent = new Measured(runs, runs, kept, kept, Double.NaN, Map.of(), 1);

    UnlockFindings findings = alone(plan, silent);

    assertThat(missed(findings)).doesNotContain("each", "most");
    assertThat(findings.figures()).noneMatch(figure -> Double.isNaN(figure.value()));
    assertThat(plan.leftOut())
        .containsExactly(
            "the peer, and what is compared with it",
            "the floor, and what is compared with it",
            "the cost with more doors and grants",
            "verification and allocation, which take --management",
            "the gateway's processor time and memory, which take --process gateway=PID");
  }

  @Test
  void aGivenGateway_thatTellsAll_leavesOutTheOthersAlone() {
    List<Target.Part> parts = List.of(new Target.Part("redis", 1), new Target.Part("gateway", 2));

    assertThat(given(parts, Optional.of(ANYWHERE)).leftOut())
        .containsExactly(
            "the peer, and what is compared with it",
            "the floor, and what is compared with it",
            "the cost with more doors and grants");
  }

  @Test
  void memory_isOfTheProcessNamedGateway_whicheverComesFirst() {
    List<Target.Part> parts = List.of(new Target.Part("redis", 1), new Target.Part("gateway", 2));

    assertThat(target(parts, Optional.empty()).gateway()).contains(parts.get(1));
  }

  @Test
  void aRateThatKeptNoBound_isNone() {
    Runs runs = runs(9_000, CHEAP);
    Measured slow = unkept(runs);

    assertThat(missed(alone(PLAN, slow))).contains("rate").doesNotContain("failures");
    assertThat(alone(PLAN, slow).figures())
        .filteredOn(figure -> figure.subject().section().startsWith("Highest rate"))
        .filteredOn(figure -> figure.measure().name().equals("p99"))
        .extracting(figure -> figure.subject().name())
        .containsExactly("gateway at 9,000/s, tried and not kept");
  }

  @Test
  void aGatewayOfWhichNoSignatureWasVerified_missesTheBound() {
    Runs runs = runs(9_000, CHEAP);
    Highest kept = new Highest(runs, true, List.of());

    assertThat(missed(alone(PLAN, new Measured(runs, runs, kept, kept, 300, Map.of(), 0))))
        .contains("count");
    assertThat(missed(alone(PLAN, new Measured(runs, runs, kept, kept, 300, Map.of(), 1))))
        .doesNotContain("count");
  }

  @Test
  void aWrongCommand_missesTheBound_andIsNamed() {
    Runs runs = runs(9_000, CHEAP);
    Measured wrong =
        new Measured(
            runs,
            runs,
            new Highest(runs, true, List.of()),
            new Highest(runs, true, List.of()),
            300,
            Map.of("given twice", 2),
            1);

    UnlockFindings findings = alone(PLAN, wrong);

    assertThat(missed(findings)).contains("count");
    assertThat(findings.figures())
        .filteredOn(figure -> figure.subject().name().equals("given twice"))
        .extracting(Figure::value)
        .containsExactly(2.0);
  }

  @Test
  void theFloor_isSaidBesideTheGatewaysCost_atBothRates() {
    List<Figure> figures = besideFloor().figures();

    assertThat(figures)
        .filteredOn(figure -> figure.subject().name().endsWith("no program on this machine avoids"))
        .allMatch(figure -> figure.subject().section().equals("Cost of an unlock"))
        .extracting(figure -> figure.subject().name() + ": " + figure.value())
        .containsExactly(
            "gateway at 1,000/s, of which no program on this machine avoids: 50.0",
            "gateway at 3,000/s, of which no program on this machine avoids: 40.0");
    assertThat(ratio(figures, "processor time of the gateway by the floor's at 1,000/s"))
        .isEqualTo(4);
    assertThat(ratio(figures, "the same, Redis included, at 1,000/s")).isEqualTo(3);
    assertThat(ratio(figures, "processor time of the gateway by the floor's at 3,000/s"))
        .isEqualTo(5);
    assertThat(ratio(figures, "sustained rate of the gateway by the floor's")).isEqualTo(0.5);
  }

  @Test
  void theFloor_hasALineForEachRate_withItsOwnCost() {
    assertThat(besideFloor().figures())
        .filteredOn(figure -> figure.subject().section().startsWith("The floor: "))
        .filteredOn(figure -> figure.measure().name().equals("processor"))
        .extracting(figure -> figure.subject().name() + ": " + figure.value())
        .containsExactly(
            "at 1,000/s: 50.0",
            "at 3,000/s: 40.0",
            "sustained, p99 ≤ 100 ms: 30.0",
            "highest, p99 ≤ 10 ms: 30.0");
  }

  @Test
  void oneRateForBoth_isSaidOnce() {
    Measured gateway = measured(PLAN.rate(), Map.of("gateway", 200.0, "redis", 100.0));
    Measured floor = measured(6_000, Map.of("floor", 50.0, "redis", 50.0));

    assertThat(findings(gateway, floor).figures())
        .filteredOn(figure -> figure.subject().name().endsWith("no program on this machine avoids"))
        .hasSize(1);
  }

  @Test
  void thePage_showsLatencyAndCost_byRate() {
    assertThat(with(measured(9_000, CHEAP), measured(600, DEAR)).charts())
        .extracting(Chart::title)
        .contains("Latency by rate", "Processor time of an unlock by rate");
  }

  private static UnlockPlan given(
      List<Target.Part> processes, Optional<InetSocketAddress> management) {
    return new UnlockPlan(
        40,
        1_000,
        1,
        true,
        true,
        true,
        UnlockPlan.Pace.FULL,
        Optional.of(target(processes, management)));
  }

  private static Target target(
      List<Target.Part> processes, Optional<InetSocketAddress> management) {
    return new Target(
        "given gateway", ANYWHERE, ANYWHERE, management, Path.of("pki"), "token", processes);
  }

  private static UnlockFindings besideFloor() {
    Runs steady = runs(PLAN.rate(), Map.of("floor", 50.0, "redis", 50.0));
    Runs shared = runs(3_000, Map.of("floor", 40.0, "redis", 30.0));
    Highest most = new Highest(runs(6_000, Map.of("floor", 30.0)), true, List.of());
    Measured gateway = measured(3_000, Map.of("gateway", 200.0, "redis", 100.0));
    Measured floor = new Measured(steady, shared, most, most, Double.NaN, Map.of(), 0);
    return findings(gateway, floor);
  }

  private static UnlockFindings findings(Measured gateway, Measured floor) {
    return new UnlockFindings(PLAN, gateway, Optional.empty(), Optional.of(floor));
  }

  private static Measured unkept(Runs runs) {
    Highest none = new Highest(runs, false, List.of());
    return new Measured(runs, runs, none, none, 300, Map.of(), 1);
  }

  private static UnlockFindings alone(UnlockPlan plan, Measured gateway) {
    return new UnlockFindings(plan, gateway, Optional.empty(), Optional.empty());
  }

  private static UnlockFindings with(Measured gateway, Measured peer) {
    return new UnlockFindings(PLAN, gateway, Optional.of(peer), Optional.empty());
  }

  private static Measured measured(double highest, Map<String, Double> micros) {
    Tried tried = new Tried(highest, 5, micros);
    Highest found = new Highest(runs(highest, micros), true, List.of(tried));
    Runs steady = runs(PLAN.rate(), micros);
    return new Measured(steady, steady, found, found, 300, Map.of(), 1);
  }

  private static Runs runs(double rate, Map<String, Double> micros) {
    return new Runs(
        rate, List.of(new Stretch(Tallies.opened(10, 1), micros, 90, Optional.empty(), 10)));
  }

  private static double ratio(List<Figure> figures, String name) {
    return figures.stream()
        .filter(figure -> figure.subject().name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static List<String> missed(UnlockFindings findings) {
    return new Judge(false)
        .missed(findings.figures()).stream().map(figure -> figure.measure().name()).toList();
  }
}
