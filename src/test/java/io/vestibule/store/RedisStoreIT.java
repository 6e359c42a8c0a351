package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisFixture;
import io.vestibule.testing.RedisProcess;
import io.vestibule.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisStoreIT {
  private RedisFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new RedisFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void replies_areTextsNumbersListsAndNothing() {
    assertThat(fixture.command("SET", "k", "grün").text()).isEqualTo("OK");
    assertThat(fixture.command("GET", "k").text()).isEqualTo("grün");
    assertThat(fixture.command("GET", "none").absent()).isTrue();
    assertThat(fixture.command("STRLEN", "k").number()).isEqualTo(5);
    fixture.command("HSET", "h", "a", "1", "b", "2");
    assertThat(fixture.command("HGETALL", "h").fields())
        .containsEntry("a", "1")
        .containsEntry("b", "2");
    assertThat(fixture.command("HGETALL", "none").fields()).isEmpty();
  }

  @Test
  void pipelinedCalls_areAnsweredInOrder() {
    List<Reply> replies =
        fixture.loop.call(
            () ->
                fixture.store.pipelined(
                    List.of(Call.of("SET", "a", "1"), Call.of("GET", "a"), Call.of("GET", "b"))));

    assertThat(replies.get(1).text()).isEqualTo("1");
    assertThat(replies.get(2).absent()).isTrue();
  }

  @Test
  void scriptUnknownToTheServer_isLoadedAndRun() {
    Script script = Script.load("lockdown_start");
    for (int round = 0; round < 2; round++) {
      fixture.command("SCRIPT", "FLUSH");
      Reply reply =
          fixture.loop.call(
              () -> fixture.store.eval(script, List.of("l", "s"), List.of("{}", "{}", "1000")));
      assertThat(reply.number()).isEqualTo(1);
      assertThat(fixture.command("SCRIPT", "EXISTS", script.sha1()).list().get(0).number())
          .isEqualTo(1);
    }
    assertThat(fixture.command("XLEN", "s").number()).isEqualTo(2);
  }

  @Test
  void errorReply_isStoreUnavailable_namesTheOperation_andIsCounted() {
    fixture.command("SET", "text", "x");

    Throwable failure = fixture.loop.failureOf(() -> fixture.store.command("LPUSH", "text", "y"));

    assertThat(failure).isInstanceOf(StoreUnavailable.class).hasMessageContaining("LPUSH");
    assertThat(failure).hasMessageContaining("WRONGTYPE");
    assertThat(failures()).isEqualTo(1);
    assertThat(fixture.store.connected()).isTrue();
  }

  @Test
  void oneFailureOfAPipeline_failsItAlone() {
    fixture.command("SET", "text", "x");

    Throwable failure =
        fixture.loop.failureOf(
            () ->
                fixture.store.pipelined(
                    List.of(Call.of("LPUSH", "text", "y"), Call.of("SET", "b", "1"))));

    assertThat(failure).isInstanceOf(StoreUnavailable.class);
    assertThat(fixture.command("GET", "b").text()).isEqualTo("1");
  }

  @Test
  void redisKilled_failsAtOnce_andRecoversAfterRestart() throws IOException {
    fixture.redis.kill();
    await().atMost(Duration.ofSeconds(5)).until(() -> !fixture.store.connected());

    long before = System.nanoTime();
    Throwable failure = fixture.loop.failureOf(() -> fixture.store.command("GET", "k"));

    assertThat(failure).isInstanceOf(StoreUnavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(500));

    fixture.redis.restart();
    await().atMost(Duration.ofSeconds(10)).until(fixture.store::connected);
    assertThat(fixture.command("SET", "k", "v").text()).isEqualTo("OK");
  }

  @Test
  void redisThatFallsSilent_isGivenUpAtTheDeadline_andRecovers() throws IOException {
    fixture.redis.signal("STOP");
    List<CompletableFuture<Reply>> asked = new ArrayList<>();
    for (int count = 0; count < 100; count++) {
      asked.add(fixture.loop.start(() -> fixture.store.command("GET", "k")));
    }

    for (CompletableFuture<Reply> answer : asked) {
      assertThat(answer.handle((reply, cause) -> cause))
          .succeedsWithin(Duration.ofSeconds(4))
          .isInstanceOf(StoreUnavailable.class);
    }
    assertThat(fixture.store.connected()).isFalse();

    fixture.redis.signal("CONT");
    await().atMost(Duration.ofSeconds(10)).until(fixture.store::connected);
    assertThat(fixture.command("PING").text()).isEqualTo("PONG");
  }

  @Test
  void silenceWithNothingAsked_isNoticedToo() throws IOException {
    fixture.redis.signal("STOP");

    await().atMost(Duration.ofSeconds(6)).until(() -> !fixture.store.connected());
    fixture.redis.signal("CONT");
  }

  @Test
  void startWithoutRedis_keepsTryingUntilItIsThere() throws IOException {
    RedisProcess late = RedisProcess.start();
    late.kill();
    RedisStore store = store(late, StoreLimits.defaults());
    OnLoop loop = new OnLoop(fixture.vertx);

    CompletableFuture<Void> connected = loop.start(store::connect);
    assertThat(loop.failureOf(() -> store.command("PING"))).isInstanceOf(StoreUnavailable.class);
    assertThat(connected).isNotDone();
    late.restart();

    assertThat(connected).succeedsWithin(Duration.ofSeconds(10));
    assertThat(loop.call(() -> store.command("PING")).text()).isEqualTo("PONG");
    OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
    late.close();
  }

  @Test
  void queueThatIsFull_failsAtOnce() throws IOException {
    RedisStore store = store(fixture.redis, new StoreLimits(Duration.ofSeconds(2), 10));
    OnLoop loop = new OnLoop(fixture.vertx);
    loop.call(store::connect);

    List<Boolean> succeeded =
        loop.call(
            () -> {
              List<Future<Boolean>> all = new ArrayList<>();
              for (int count = 0; count < 15; count++) {
                all.add(store.command("PING").map(true).otherwise(false));
              }
              return Future.join(all).map(done -> done.<Boolean>list());
            });

    assertThat(succeeded.subList(0, 10)).containsOnly(true);
    assertThat(succeeded.subList(10, 15)).containsOnly(false);
    OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void passwordInTheEndpoint_isUsed_andAWrongOneIsNotAccepted() throws IOException {
    try (RedisProcess guarded = RedisProcess.start("--requirepass", "s3cret")) {
      RedisStore right = store("redis://:s3cret@127.0.0.1:" + guarded.port());
      RedisStore wrong = store("redis://:guess@127.0.0.1:" + guarded.port());
      OnLoop loop = new OnLoop(fixture.vertx);

      assertThat(loop.call(() -> right.command("PING")).text()).isEqualTo("PONG");
      assertThat(loop.failureOf(() -> wrong.command("PING"))).isInstanceOf(StoreUnavailable.class);
      OnLoop.await(right.close().toCompletionStage().toCompletableFuture());
      OnLoop.await(wrong.close().toCompletionStage().toCompletableFuture());
    }
  }

  @Test
  void replicaAtThePlaceOfThePrimary_isGivenUpAndTriedAgain() {
    fixture.command("REPLICAOF", "127.0.0.1", "1");
    // A replica answers reads and PING; it shows only when it is written to.
    assertThat(fixture.loop.failureOf(() -> fixture.store.command("SET", "a", "1")))
        .isInstanceOf(StoreUnavailable.class);

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> fixture.redis.ask("REPLICAOF NO ONE").startsWith("+OK"));
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(() -> fixture.command("SET", "a", "1").text().equals("OK"));
  }

  @Test
  void everyLoop_hasAConnectionOfItsOwn_thatOutlivesVerticles() {
    OnLoop other = new OnLoop(fixture.vertx);
    String deployment =
        OnLoop.await(
            fixture
                .vertx
                .deployVerticle(
                    new VerticleBase() {
                      @Override
                      public Future<?> start() {
                        return fixture.store.connect();
                      }
                    })
                .toCompletionStage()
                .toCompletableFuture());
    other.call(fixture.store::connect);
    long before = fixture.command("CLIENT", "LIST").text().lines().count();
    OnLoop.await(fixture.vertx.undeploy(deployment).toCompletionStage().toCompletableFuture());

    assertThat(fixture.command("CLIENT", "LIST").text().lines().count())
        .isEqualTo(before)
        .isEqualTo(3);
    assertThat(fixture.store.connected()).isTrue();
  }

  @Test
  void closedStore_failsWhatIsAsked_andLeavesNoConnection() {
    OnLoop.await(fixture.store.close().toCompletionStage().toCompletableFuture());

    assertThat(fixture.loop.failureOf(() -> fixture.store.command("PING")))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(fixture.store.connected()).isFalse();
    RedisStore onlooker = store(fixture.redis.url());
    OnLoop loop = new OnLoop(fixture.vertx);
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> loop.call(() -> onlooker.command("CLIENT", "LIST")).text().lines().count() == 1);
    OnLoop.await(onlooker.close().toCompletionStage().toCompletableFuture());
  }

  private double failures() {
    return fixture
        .registry
        .get("vestibule.store.failures")
        .tag("cause", "wrong_type")
        .counter()
        .count();
  }

  private RedisStore store(RedisProcess redis, StoreLimits limits) {
    return new RedisStore(
        fixture.vertx,
        RedisFixture.config(redis),
        Time.system(),
        new Meters(new SimpleMeterRegistry()),
        limits);
  }

  private RedisStore store(String endpoint) {
    return new RedisStore(
        fixture.vertx,
        new RedisConfig(RedisConfig.Mode.STANDALONE, List.of(endpoint), /* embedded= */ false),
        Time.system(),
        new Meters(new SimpleMeterRegistry()));
  }
}
