package io.vestibule.load.scrape;

import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Descriptors;
import io.vestibule.load.stage.Gateway;
import io.vestibule.load.stage.Pki;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Redis;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stage;
import java.io.IOException;
import java.util.Map;

/** One gateway, scraped with one door connected over TLS and again with all of them. */
public final class Scrape implements Scenario {
  private final int doorCount;

  public Scrape(int doorCount) {
    this.doorCount = doorCount;
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    Descriptors.demandFor(doorCount, Descriptors.max());
    Product product = stage.build().product();
    stage.progress().say("making certificates for " + doorCount + " doors");
    Pki pki = Pki.make(stage.started(), product, stage.work(), doorCount);
    stage.progress().say("starting Redis and a gateway");
    Redis redis = Redis.start(stage.started(), stage.work(), stage.redisBinary());
    Gateway.Plan plan = new Gateway.Plan("node-a", product, pki, redis.url(), Map.of());
    Gateway gateway = Gateway.start(stage.started(), plan);
    try (Fleet fleet = new Fleet(gateway, pki, stage.progress())) {
      ScrapeFindings findings = run(stage, fleet, gateway.port("management"));
      return new Result(findings.figures(), findings.charts());
    } catch (IOException e) {
      throw new CannotRun("the gateway did not answer as it should", e);
    }
  }

  private ScrapeFindings run(Stage stage, Fleet fleet, int port) throws CannotRun, IOException {
    fleet.grow(1, 1);
    stage.progress().say("scraping with 1 door");
    Reading alone = Reading.take(port);
    fleet.grow(2, doorCount);
    // What so many handshakes left behind is not to be collected while scrapes are timed.
    System.gc();
    stage.hiccups().forget();
    stage.progress().say("scraping with " + doorCount + " doors");
    return new ScrapeFindings(doorCount, alone, Reading.take(port));
  }
}
