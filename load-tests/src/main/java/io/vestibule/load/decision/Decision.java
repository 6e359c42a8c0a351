package io.vestibule.load.decision;

import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Redis;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stage;
import java.util.ArrayList;
import java.util.List;

/** Every figure of a decision, one question after the other. */
public final class Decision implements Scenario {
  private final Depth depth;

  public Decision(boolean quick) {
    this.depth = quick ? Depth.QUICK : Depth.FULL;
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    Product product = stage.build().product();
    Bench bench = new Bench(stage.started(), stage.build().benchmarks(product));
    Jmh jmh = new Jmh(bench, stage.work());
    List<Figure> figures = new ArrayList<>();
    stage.hiccups().forget();
    stage.progress().say("decisions with their signature");
    figures.addAll(new Signed(jmh).figures(depth.inTurn()));
    stage.progress().say("the policy alone");
    figures.addAll(new PolicyAlone(jmh, depth.effort()).figures(depth.townSizes()));
    stage.progress().say("hits of the near cache");
    figures.addAll(new CacheHits(jmh, depth.effort()).figures(depth.hitDoorCounts()));
    stage.progress().say("what is retained in memory");
    figures.addAll(new RetainedHeap(bench).figures(depth));
    stage.progress().say("cold decisions");
    Redis redis = Redis.start(stage.started(), stage.work(), stage.redisBinary());
    figures.addAll(new Cold(bench).figures(redis, depth.coldCount()));
    return Result.of(figures);
  }
}
