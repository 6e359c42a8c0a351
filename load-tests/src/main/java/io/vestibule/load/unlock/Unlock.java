package io.vestibule.load.unlock;

import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Gateway;
import io.vestibule.load.stage.Pki;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Redis;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;

public final class Unlock implements Scenario {
  @Override
  public Result run(Stage stage) throws CannotRun {
    int doors = Integer.getInteger("doors", 1000);
    int rate = Integer.getInteger("rate", 1000);
    Product product = stage.build().product();
    Pki pki = Pki.make(stage.started(), product, stage.work(), doors);
    Redis redis = Redis.start(stage.started(), stage.work(), stage.redisBinary());
    Gateway gateway =
        Gateway.start(
            stage.started(),
            new Gateway.Plan(
                "node-a",
                product,
                pki,
                redis.url(),
                Map.of("VESTIBULE_UNLOCK_RATE_PER_DOOR", "6000/m")));
    Target target = gateway.target(pki, redis);
    System.err.println(target);
    City city = new City(new City.Size(doors, 1000, doors * 4));
    new Provisioning(city, target, stage.progress()).run();
    try (Loop loop = new Loop()) {
      DoorFleet fleet = new DoorFleet(loop, target, stage.progress());
      fleet.connect(doors);
      Callers callers = Callers.connect(loop, target);
      Traffic traffic = new Traffic(loop, callers, city);
      for (int i = 0; i < Integer.getInteger("rounds", 3); i++) {
        final int n = i;
        final Spending[] before = new Spending[1];
        Tally tally =
            traffic.run(
                new Traffic.Phase(
                    Duration.ofSeconds(Integer.getInteger("secs", 15)), Arrivals.steady(rate, n)),
                () -> {
                  try {
                    before[0] = Spending.of(target);
                  } catch (CannotRun e) {
                    throw new IllegalStateException(e);
                  }
                });
        System.err.println(
            "due %d opened %d failures %s p50 %.3f p90 %.3f p99 %.3f max %.1f cpu %s rss %.0f commands %d"
                .formatted(
                    tally.dueCount(),
                    tally.openedCount(),
                    tally.failures(),
                    tally.latencies().percentileMs(50),
                    tally.latencies().percentileMs(90),
                    tally.latencies().percentileMs(99),
                    tally.latencies().percentileMs(100),
                    Spending.of(target).microsEach(before[0], tally.dueCount()),
                    Spending.residentMib(target.processes().get(0)),
                    fleet.commandCount()));
        fleet.check();
      }
    }
    return Result.of(List.of());
  }
}
