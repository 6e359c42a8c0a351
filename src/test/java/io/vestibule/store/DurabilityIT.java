package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.config.Durability;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisProcess;
import io.vestibule.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A write is acknowledged once it is where it must be; against real servers. */
final class DurabilityIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);

  @AfterEach
  void stop() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void replicaThatFellSilent_leavesWritesUnconfirmed_andReadsQuick() throws IOException {
    try (RedisProcess primary = RedisProcess.start();
        RedisProcess replica = replicaOf(primary)) {
      RedisStore store = store(primary, Durability.REPLICA);
      loop.call(store::connect);
      assertThat(write(store, "before").text()).isEqualTo("OK");
      assertThat(replica.ask("EXISTS before")).isEqualTo(":1");

      replica.signal("STOP");
      CompletableFuture<Reply> unconfirmed =
          loop.start(() -> store.commandDurably("SET", "while", "1"));
      await().atMost(PATIENCE).until(() -> primary.ask("EXISTS while").equals(":1"));
      assertThat(loop.call(() -> store.command("GET", "before")).text()).isEqualTo("1");
      assertThat(unconfirmed).as("a read does not wait for a confirmation").isNotDone();

      assertThat(unconfirmed.handle((reply, failure) -> ((StoreUnavailable) failure).why()))
          .succeedsWithin(Duration.ofSeconds(4))
          .isEqualTo(FailureCause.NOT_DURABLE);
      assertThat(store.connected()).isTrue();
      replica.signal("CONT");
      assertThat(write(store, "after").text()).isEqualTo("OK");
    }
  }

  @Test
  void manyWrites_shareFewQuestions() throws IOException {
    try (RedisProcess primary = RedisProcess.start();
        RedisProcess replica = replicaOf(primary)) {
      RedisStore store = store(primary, Durability.REPLICA);
      loop.call(store::connect);

      loop.call(
          () -> {
            List<Future<Reply>> writes = new ArrayList<>();
            for (int number = 0; number < 1_000; number++) {
              writes.add(store.commandDurably("SET", "k" + number, "1"));
            }
            return Future.all(writes);
          });

      assertThat(replica.ask("DBSIZE")).isEqualTo(":1000");
      assertThat(callsOf("wait", primary)).isBetween(1L, 10L);
    }
  }

  @Test
  void scriptThatTheServerDoesNotKnow_isConfirmedToo() throws IOException {
    try (RedisProcess primary = RedisProcess.start();
        RedisProcess replica = replicaOf(primary)) {
      RedisStore store = store(primary, Durability.REPLICA);
      Script script = Script.load("lockdown_start");

      Reply reply =
          loop.call(
              () -> store.evalDurably(script, List.of("l", "s"), List.of("{}", "{}", "60000")));

      assertThat(reply.number()).isEqualTo(1);
      assertThat(replica.ask("XLEN s")).isEqualTo(":1");
    }
  }

  @Test
  void diskWithoutAFile_isNotUsed() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      assertThat(refusal(redis)).hasMessageContaining("appendonly");
    }
  }

  @Test
  void diskThatIsSyncedNowAndThen_isNotUsed_whereNobodyCanWaitForIt() throws IOException {
    try (RedisProcess redis = RedisProcess.start("--appendonly", "yes")) {
      assertThat(refusal(redis)).hasMessageContaining("appendfsync always");
      redis.ask("CONFIG SET appendfsync always");

      RedisStore store = store(redis, Durability.DISK);
      assertThat(write(store, "k").text()).isEqualTo("OK");
      redis.kill();
      redis.restart();
      assertThat(redis.ask("EXISTS k")).isEqualTo(":1");
    }
  }

  private Throwable refusal(RedisProcess redis) {
    RedisStore store = store(redis, Durability.DISK);
    Throwable failure = loop.failureOf(() -> store.commandDurably("SET", "k", "1"));
    assertThat(((StoreUnavailable) failure).why()).isEqualTo(FailureCause.UNSAFE);
    assertThat(store.connected()).isFalse();
    OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
    return failure;
  }

  private Reply write(RedisStore store, String key) {
    return loop.call(() -> store.commandDurably("SET", key, "1"));
  }

  private static long callsOf(String command, RedisProcess redis) throws IOException {
    return redis
        .askAll("INFO commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
        .map(line -> line.substring(line.indexOf('=') + 1, line.indexOf(',')))
        .mapToLong(Long::parseLong)
        .sum();
  }

  private static RedisProcess replicaOf(RedisProcess primary) throws IOException {
    primary.ask("CONFIG SET repl-diskless-sync-delay 0");
    RedisProcess replica = RedisProcess.start("--replicaof", "127.0.0.1", "" + primary.port());
    await()
        .atMost(PATIENCE)
        .until(() -> replica.askAll("INFO replication").contains("master_link_status:up"));
    return replica;
  }

  private RedisStore store(RedisProcess redis, Durability durability) {
    return new RedisStore(
        vertx,
        new RedisConfig(
            RedisConfig.Mode.STANDALONE, List.of(redis.url()), /* embedded= */ false, durability),
        Time.system(),
        new Meters(new SimpleMeterRegistry()));
  }
}
