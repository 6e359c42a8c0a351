package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.RedisProxy;
import io.vestibule.testing.ToldChanges;
import io.vestibule.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real Redis tells of changes, over lines that are held and cut. */
final class TrackingIT {
  private static final Duration PROOF_MAX = Duration.ofMillis(600);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final ToldChanges told = new ToldChanges();
  private RedisProcess redis;
  private RedisProxy proxy;
  private RedisStore store;
  private Tracking tracking;

  @BeforeEach
  void start() throws IOException {
    start(RedisProcess.start());
  }

  @AfterEach
  void stop() {
    OnLoop.await(tracking.close().toCompletionStage().toCompletableFuture());
    OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
    proxy.close();
    redis.close();
  }

  @Test
  void changesOfDirectoryKeys_areTold_andNoOthers() {
    told.awaitStanding(1);

    write("SET", "vd:doors:{vd:building:elm}", "1");
    write("SET", "vb:{000}:attempt:u1", "1");
    write("SET", "vd:courier:ana", "1");
    write("SET", "vd:door:front", "1");
    write("SET", "vd:building:elm", "1");
    write("DEL", "vd:building:elm");
    write("SET", "vd:lockdown:{000}:elm", "1");

    await().atMost(PATIENCE).until(() -> told.keys().contains("vd:lockdown:{000}:elm"));
    assertThat(told.keys())
        .contains("vd:courier:ana", "vd:door:front", "vd:building:elm")
        .allMatch(key -> key.startsWith("vd:") && !key.startsWith("vd:doors:"));
  }

  @Test
  void flushAll_isTold() {
    told.awaitStanding(1);

    write("FLUSHALL");

    await().atMost(PATIENCE).until(() -> told.allChangedCount() == 1);
    assertThat(told.lostCount()).isZero();
  }

  @Test
  void proofsGoOn_eachLaterThanTheLast_whileNothingChanges() {
    told.awaitStanding(1);

    await().atMost(PATIENCE).until(() -> told.proofs().size() >= 5);

    List<Long> proofs = told.proofs();
    for (int index = 1; index < proofs.size(); index++) {
      assertThat(proofs.get(index) - proofs.get(index - 1)).isPositive();
    }
    assertThat(told.lostCount()).isZero();
  }

  @Test
  void aCutLine_isLostAtOnce_andStandsAgain() {
    told.awaitStanding(1);

    proxy.cut();

    told.awaitLost(1);
    told.awaitStanding(2);
    write("SET", "vd:courier:ben", "1");
    await().atMost(PATIENCE).until(() -> told.keys().contains("vd:courier:ben"));
  }

  @Test
  void aSilentLine_isLost_forWantOfProof() {
    told.awaitStanding(1);

    proxy.hold();

    told.awaitLost(1);
    proxy.release();
    told.awaitStanding(2);
  }

  @Test
  void aRedisThatIsKilled_isLost_andStandsAgainOnceItIsBack() throws IOException {
    told.awaitStanding(1);

    redis.kill();
    told.awaitLost(1);
    redis.restart();

    told.awaitStanding(2);
  }

  @Test
  void aRedisThatStopsAnswering_isLost() throws IOException {
    told.awaitStanding(1);

    redis.signal("STOP");
    told.awaitLost(1);
    redis.signal("CONT");

    told.awaitStanding(2);
  }

  /** Nobody's connection ends by it, and what it answers to reads may be old. */
  @Test
  void aPrimaryThatWasReplaced_isFoundOut_onEveryLoop() throws IOException {
    try (RedisProcess heir = RedisProcess.start()) {
      OnLoop other = new OnLoop(vertx);
      RedisStore led =
          new RedisStore(
              vertx, config(proxy.url()), Time.system(), new Meters(new SimpleMeterRegistry()));
      loop.call(led::connect);
      other.call(led::connect);
      ToldChanges toLed = new ToldChanges();
      Tracking following =
          Tracking.start(
              new Tracking.Parts(vertx, config(proxy.url()), led, Time.system()), PROOF_MAX, toLed);
      toLed.awaitStanding(1);
      await().atMost(PATIENCE).until(() -> toLed.proofs().size() >= 3);

      proxy.lead(heir);
      redis.ask("REPLICAOF 127.0.0.1 " + heir.port());

      toLed.awaitLost(1);
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> role(led, loop).equals("master") && role(led, other).equals("master"));
      OnLoop.await(following.close().toCompletionStage().toCompletableFuture());
      OnLoop.await(led.close().toCompletionStage().toCompletableFuture());
    }
  }

  private static String role(RedisStore of, OnLoop on) {
    return on.call(() -> of.command("ROLE")).list().get(0).text();
  }

  @Test
  void whereTrackingIsForbidden_itNeverStands_andKeepsTrying() throws IOException {
    stopAll();
    RedisProcess strict = RedisProcess.start();
    strict.ask("ACL SETUSER default -client|tracking");
    start(strict);

    await().atMost(PATIENCE).until(() -> refusals() >= 3);

    assertThat(told.standingCount()).isZero();
    assertThat(loop.call(() -> store.command("PING")).text()).isEqualTo("PONG");
  }

  private long refusals() throws IOException {
    return redis
        .askAll("INFO commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_client|tracking:"))
        .map(line -> line.replaceAll(".*rejected_calls=([0-9]+).*", "$1"))
        .mapToLong(Long::parseLong)
        .sum();
  }

  private void start(RedisProcess process) {
    redis = process;
    proxy = new RedisProxy(redis);
    store =
        new RedisStore(
            vertx, config(redis.url()), Time.system(), new Meters(new SimpleMeterRegistry()));
    told.forget();
    tracking =
        Tracking.start(
            new Tracking.Parts(vertx, config(proxy.url()), store, Time.system()), PROOF_MAX, told);
  }

  private void stopAll() {
    OnLoop.await(tracking.close().toCompletionStage().toCompletableFuture());
    OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
    proxy.close();
    redis.close();
  }

  private void write(String name, String... args) {
    loop.call(() -> store.command(name, args));
  }

  private static RedisConfig config(String url) {
    return new RedisConfig(RedisConfig.Mode.STANDALONE, List.of(url), /* embedded= */ false);
  }
}
