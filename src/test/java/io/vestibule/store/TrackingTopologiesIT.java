package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.ToldChanges;
import io.vestibule.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That changes are told by all of a cluster's primaries, and by whichever a sentinel leads to. */
final class TrackingTopologiesIT {
  private static final Duration PROOF_MAX = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final ToldChanges told = new ToldChanges();
  private Optional<Tracking> tracking = Optional.empty();

  @AfterEach
  void stop() {
    tracking.ifPresent(
        started -> OnLoop.await(started.close().toCompletionStage().toCompletableFuture()));
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void cluster_eachPrimaryTells_andAMovedSlotEndsIt() throws IOException {
    try (RedisProcess first = clustered();
        RedisProcess second = clustered()) {
      first.ask("CLUSTER ADDSLOTSRANGE 0 8191");
      second.ask("CLUSTER ADDSLOTSRANGE 8192 16383");
      first.ask("CLUSTER MEET 127.0.0.1 " + second.port());
      await().atMost(PATIENCE).until(() -> settled(first) && settled(second));
      RedisStore store = track(RedisConfig.Mode.CLUSTER, first.url());
      told.awaitStanding(1);

      List<String> keys = new ArrayList<>();
      for (int number = 0; number < 20; number++) {
        String key = "vd:courier:c" + number;
        keys.add(key);
        loop.call(() -> store.command("SET", key, "1"));
      }
      await().atMost(PATIENCE).until(() -> told.keys().containsAll(keys));
      assertThat(Long.parseLong(first.ask("DBSIZE").substring(1))).isPositive();
      assertThat(Long.parseLong(second.ask("DBSIZE").substring(1))).isPositive();

      // Keys may be moving to a primary that has no slot yet, where no canary flies.
      try (RedisProcess third = clustered()) {
        first.ask("CLUSTER MEET 127.0.0.1 " + third.port());
        told.awaitLost(1);
        String id = third.askAll("CLUSTER MYID").strip();
        third.kill();
        for (RedisProcess knowing : List.of(first, second)) {
          await()
              .atMost(PATIENCE)
              .until(
                  () -> {
                    knowing.ask("CLUSTER FORGET " + id);
                    return !knowing.askAll("CLUSTER NODES").contains(id);
                  });
        }
        told.awaitStanding(2);
      }

      // An empty slot goes over without any key being told.
      int lost = told.lostCount();
      int standing = told.standingCount();
      move(5, second, first, second);
      told.awaitLost(lost + 1);
      told.awaitStanding(standing + 1);
    }
  }

  @Test
  void sentinel_afterAFailover_theNewPrimaryTells() throws IOException {
    try (RedisProcess primary = RedisProcess.start();
        RedisProcess replica =
            RedisProcess.start("--replicaof", "127.0.0.1", "" + primary.port())) {
      await()
          .atMost(PATIENCE)
          .until(() -> replica.askAll("INFO replication").contains("link_status:up"));
      try (RedisProcess sentinel = RedisProcess.startSentinel(watching(primary))) {
        RedisStore store = track(RedisConfig.Mode.SENTINEL, sentinel.url() + "?master=doors");
        told.awaitStanding(1);
        await().atMost(PATIENCE).until(() -> sentinel.askAll("INFO sentinel").contains("slaves=1"));

        primary.kill();
        told.awaitLost(1);

        told.awaitStanding(2);
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(
                () -> {
                  loop.call(() -> store.command("SET", "vd:courier:ana", "1"));
                  return told.keys().contains("vd:courier:ana");
                });
        assertThat(replica.ask("EXISTS vd:courier:ana")).isEqualTo(":1");
      }
    }
  }

  private static Path watching(RedisProcess primary) throws IOException {
    Path file = Files.createTempFile("sentinel", ".conf");
    Files.writeString(
        file,
        """
        sentinel monitor doors 127.0.0.1 %d 1
        sentinel down-after-milliseconds doors 500
        sentinel failover-timeout doors 3000
        """
            .formatted(primary.port()));
    return file;
  }

  /** Says to each node that the slot is another's now. */
  private static void move(int slot, RedisProcess to, RedisProcess... nodes) throws IOException {
    // The id stands in quotes nowhere: a bulk string's first line is its length.
    String id = to.askAll("CLUSTER MYID").strip();
    for (RedisProcess node : nodes) {
      assertThat(node.ask("CLUSTER SETSLOT " + slot + " NODE " + id)).isEqualTo("+OK");
    }
  }

  private static RedisProcess clustered() throws IOException {
    return RedisProcess.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
  }

  private static boolean settled(RedisProcess node) throws IOException {
    return node.askAll("CLUSTER INFO").contains("cluster_state:ok");
  }

  /** Its store ends with the event loops. */
  private RedisStore track(RedisConfig.Mode mode, String endpoint) {
    RedisConfig config = new RedisConfig(mode, List.of(endpoint), /* embedded= */ false);
    RedisStore store =
        new RedisStore(vertx, config, Time.system(), new Meters(new SimpleMeterRegistry()));
    loop.call(store::connect);
    tracking =
        Optional.of(
            Tracking.start(
                new Tracking.Parts(vertx, config, store, Time.system()), PROOF_MAX, told));
    return store;
  }
}
