package io.vestibule.load.unlock;

import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Pki;
import io.vestibule.load.stage.Processes;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.Stack;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.traffic.City;
import io.vestibule.load.traffic.Loop;
import io.vestibule.load.traffic.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What grows, and from how many to how many. */
record GrowthPlan(
    UnlockPlan plan, int doorsMin, int doorsMax, int grantDoors, int grantsMin, int grantsMax) {
  private static final int COURIERS = 100;
  private static final double LESS = 0.95;

  static GrowthPlan of(UnlockPlan plan) {
    return plan.pace().quick()
        ? new GrowthPlan(plan.aside(), 50, 200, 200, 200, 2_000)
        : new GrowthPlan(plan, 100, 19_000, 1_000, 1_000, 1_000_000);
  }

  List<Figure> run(Stage stage, Loop loop, Product product, Pki pki) throws CannotRun {
    Cast cast = new Cast(stage, loop, product, pki);
    List<Figure> figures = new ArrayList<>();
    figures.addAll(
        compared(cast, "doors", side(doorsMin, doors(doorsMin)), side(doorsMax, doors(doorsMax)))
            .figures());
    figures.addAll(
        compared(
                cast,
                "grants",
                side(grantsMin, grants(grantsMin)),
                side(grantsMax, grants(grantsMax)))
            .figures());
    return figures;
  }

  /** What gateways are started with. */
  private record Cast(Stage stage, Loop loop, Product product, Pki pki) {}

  /** One of two cities, and how many it has of what grows. */
  private record Grown(int count, City.Size size) {}

  private static Grown side(int count, City.Size size) {
    return new Grown(count, size);
  }

  /** Enough grants for what is asked for, whatever the number of doors. */
  private City.Size doors(int count) {
    return City.Size.forUnlocks(count, unlocksMax());
  }

  private City.Size grants(int count) {
    return new City.Size(grantDoors, COURIERS, count);
  }

  private long unlocksMax() {
    return (long) (rate() * seconds() * 3 / 2);
  }

  /** The plan's, or as much as the few grants allow for. */
  private double rate() {
    double allowed = (double) grantsMin * City.USES_PER_GRANT;
    return Math.min(plan.rate(), allowed * LESS / seconds());
  }

  /** Of one side at its rate; the warm-up's middle third is three times as fast. */
  private double seconds() {
    double repeats = (double) plan.pace().growthRepeat().toSeconds() * plan.repeats();
    return repeats + plan.pace().warmUp().toSeconds() * 5.0 / 3;
  }

  /** Each in a gateway and a Redis of its own; both are there all the time. */
  private Growth compared(Cast cast, String what, Grown few, Grown many) throws CannotRun {
    Stage stage = cast.stage();
    Stack stackOfFew = Stack.start(stage, cast.product(), cast.pki(), "few-" + what, Map.of());
    Stack stackOfMany = Stack.start(stage, cast.product(), cast.pki(), "many-" + what, Map.of());
    try (Site siteOfFew =
            Site.openWithDoors(
                cast.loop(), stackOfFew.target(), new City(few.size()), stage.progress());
        Site siteOfMany =
            Site.openWithDoors(
                cast.loop(), stackOfMany.target(), new City(many.size()), stage.progress())) {
      stage.progress().say("cost of an unlock with more " + what);
      Measured.warmUp(siteOfFew, plan.pace().warmUp(), rate());
      Measured.warmUp(siteOfMany, plan.pace().warmUp(), rate());
      stage.hiccups().resume();
      Progress progress = stage.progress();
      Growth.Side fewer = new Growth.Side(few.count(), Driven.on(siteOfFew, progress));
      Growth.Side more = new Growth.Side(many.count(), Driven.on(siteOfMany, progress));
      return Growth.compare(what, fewer, more, plan, rate());
    } finally {
      stage.hiccups().rest();
      Processes.end(stackOfFew.target());
      Processes.end(stackOfMany.target());
    }
  }
}
