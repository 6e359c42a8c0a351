package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisFixture;
import io.vestibule.testing.RedisProcess;
import io.vestibule.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each way in which a real Redis fails is told from the others, and passes. */
final class StoreFailuresIT {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void stop() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void outOfMemory_isTold_andPasses() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      RedisStore store = connected(redis);
      redis.ask("CONFIG SET maxmemory 1");

      assertThat(why(store)).isEqualTo(FailureCause.OUT_OF_MEMORY);
      assertThat(failures("out_of_memory")).isEqualTo(1);
      assertThat(store.connected()).isTrue();

      redis.ask("CONFIG SET maxmemory 0");
      assertThat(loop.call(() -> store.command("SET", "k", "v")).text()).isEqualTo("OK");
    }
  }

  @Test
  void passwordThatChanges_isTold() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      RedisStore store = connected(redis);
      redis.ask("CONFIG SET requirepass s3cret");
      loop.call(() -> store.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no"));

      await().atMost(PATIENCE).until(() -> why(store) == FailureCause.NOT_AUTHORIZED);
      assertThat(store.connected()).isFalse();
    }
  }

  @Test
  void scriptOfSomebodyElse_keepsRedisBusy_andIsKilled() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      RedisStore store = connected(redis);
      OnLoop other = new OnLoop(vertx);
      other.call(store::connect);
      redis.ask("CONFIG SET busy-reply-threshold 20");

      CompletableFuture<Reply> endless =
          other.start(
              () -> store.eval(new Script("endless", "while true do end", sha()), none(), none()));
      await().atMost(PATIENCE).until(() -> redis.ask("PING").startsWith("-BUSY"));
      assertThat(why(store)).isEqualTo(FailureCause.SCRIPT_BUSY);
      redis.ask("SCRIPT KILL");

      assertThat(endless.handle((reply, failure) -> ((StoreUnavailable) failure).why()))
          .succeedsWithin(PATIENCE)
          .isEqualTo(FailureCause.SCRIPT_KILLED);
      assertThat(loop.call(() -> store.command("SET", "k", "v")).text()).isEqualTo("OK");
    }
  }

  @Test
  void diskThatIsGone_isTold() throws IOException {
    try (RedisProcess redis =
        RedisProcess.start("--save", "3600 1", "--enable-protected-configs", "yes")) {
      RedisStore store = connected(redis);
      Path disk = Files.createTempDirectory("disk");
      redis.ask("CONFIG SET dir " + disk);
      Files.delete(disk);
      redis.ask("SET a 1");
      redis.ask("BGSAVE");

      await().atMost(PATIENCE).until(() -> redis.ask("SET a 2").startsWith("-MISCONF"));
      assertThat(why(store)).isEqualTo(FailureCause.NOT_PERSISTING);
    }
  }

  @Test
  void tooFewReplicas_areTold() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      RedisStore store = connected(redis);
      redis.ask("CONFIG SET min-replicas-to-write 1");

      assertThat(why(store)).isEqualTo(FailureCause.TOO_FEW_REPLICAS);
    }
  }

  @Test
  void replica_isTold() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      RedisStore store = connected(redis);
      redis.ask("REPLICAOF 127.0.0.1 1");

      assertThat(why(store)).isEqualTo(FailureCause.READ_ONLY);
    }
  }

  @Test
  void nodeOfAClusterThatLacksTheSlot_isTold() throws IOException {
    try (RedisProcess first = clustered();
        RedisProcess second = clustered()) {
      first.ask("CLUSTER ADDSLOTSRANGE 8192 16383");
      second.ask("CLUSTER ADDSLOTSRANGE 0 8191");
      first.ask("CLUSTER MEET 127.0.0.1 " + second.port());
      // The slot of this key is 7,629, which is the second's.
      await().atMost(PATIENCE).until(() -> first.ask("GET k").startsWith("-MOVED"));
      RedisStore store = connected(first);

      assertThat(why(store)).isEqualTo(FailureCause.SLOT_MOVED);
    }
  }

  @Test
  void redisThatLoads_isTold_andServesAfterwards() throws IOException {
    String[] slow = {
      "--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024"
    };
    try (RedisProcess redis = RedisProcess.start(slow)) {
      for (int number = 0; number < 60; number++) {
        redis.ask("SET key" + number + " " + "x".repeat(2_000));
      }
      redis.ask("CONFIG SET rdbcompression no");
      redis.ask("SAVE");
      redis.kill();
      redis.restart();
      RedisStore store = store(redis);

      assertThat(why(store)).isEqualTo(FailureCause.LOADING);
      await().atMost(PATIENCE).until(store::connected);
      assertThat(loop.call(() -> store.command("DBSIZE")).number()).isEqualTo(60);
    }
  }

  @Test
  void redisThatEvicts_isNotUsed_untilItDoesNot() throws IOException {
    try (RedisProcess redis = RedisProcess.start("--maxmemory-policy", "volatile-lru")) {
      RedisStore store = store(redis);
      CompletableFuture<Void> connected = loop.start(store::connect);

      assertThat(loop.failureOf(() -> store.command("SET", "k", "v")))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("volatile-lru")
          .hasMessageContaining("noeviction");
      assertThat(why(store)).isEqualTo(FailureCause.UNSAFE);
      assertThat(connected).isNotDone();
      redis.ask("CONFIG SET maxmemory-policy noeviction");

      assertThat(connected).succeedsWithin(PATIENCE);
      assertThat(loop.call(() -> store.command("SET", "k", "v")).text()).isEqualTo("OK");
    }
  }

  @Test
  void appendOnlyFile_isKnown() throws IOException {
    try (RedisProcess without = RedisProcess.start();
        RedisProcess with = RedisProcess.start("--appendonly", "yes")) {
      assertThat(connected(without).appendOnly()).isFalse();
      assertThat(connected(with).appendOnly()).isTrue();
    }
  }

  @Test
  void whereMuchWaits_telemetryYieldsToUnlocks() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      RedisStore store = store(redis, new StoreLimits(Duration.ofSeconds(2), 16));
      loop.call(store::connect);

      long yielded =
          loop.call(
              () -> {
                for (int count = 0; count < 4; count++) {
                  assertThat(store.command("PING").isComplete()).isFalse();
                }
                var sample = store.commandWhereRoom("SET", "t", "1");
                return store.command("SET", "claim", "1").map(sample.failed() ? 1L : 0L);
              });

      assertThat(yielded).isEqualTo(1);
      assertThat(registry.get("vestibule.store.yielded").counter().count()).isEqualTo(1);
      assertThat(loop.call(() -> store.command("EXISTS", "claim", "t")).number()).isEqualTo(1);
      assertThat(loop.call(() -> store.commandWhereRoom("SET", "t", "1")).text()).isEqualTo("OK");
    }
  }

  private static RedisProcess clustered() throws IOException {
    return RedisProcess.start("--cluster-enabled", "yes");
  }

  private FailureCause why(RedisStore store) {
    return ((StoreUnavailable) loop.failureOf(() -> store.command("SET", "k", "v"))).why();
  }

  private double failures(String cause) {
    return registry.get("vestibule.store.failures").tag("cause", cause).counter().count();
  }

  private RedisStore connected(RedisProcess redis) {
    RedisStore store = store(redis);
    loop.call(store::connect);
    return store;
  }

  private RedisStore store(RedisProcess redis) {
    return store(redis, StoreLimits.defaults());
  }

  private RedisStore store(RedisProcess redis, StoreLimits limits) {
    return new RedisStore(
        vertx, RedisFixture.config(redis), Time.system(), new Meters(registry), limits);
  }

  private static String sha() {
    return "0".repeat(40);
  }

  private static List<String> none() {
    return List.of();
  }
}
