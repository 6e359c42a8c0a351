package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.concurrent.Loop;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisProcess;
import io.vestibule.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That what is published is heard, on one Redis and on a cluster, and again after a loss. */
final class InboxIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Script TELL = Script.load("node_tell");
  private static final Script RENEW = Script.load("node_renew");

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void messages_areHeardInOrder_andAgainAfterTheConnectionWasLost() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      RedisConfig config = config(RedisConfig.Mode.STANDALONE, redis);
      RedisStore store = store(config);
      Inbox inbox = open(config, store, "n");
      await().atMost(PATIENCE).until(inbox::standing);

      List<String> messages = IntStream.range(0, 50).mapToObj(n -> "message " + n).toList();
      messages.forEach(message -> assertThat(tell(store, config, "n", message)).isEqualTo(1));
      await().atMost(PATIENCE).until(() -> heard.size() == 50);
      assertThat(heard).containsExactlyElementsOf(messages);

      redis.ask("CLIENT KILL TYPE pubsub");
      await()
          .atMost(PATIENCE)
          .until(() -> inbox.standing() && tell(store, config, "n", "after") == 1);
      await().atMost(PATIENCE).until(() -> heard.contains("after"));

      redis.kill();
      await().atMost(PATIENCE).until(() -> !inbox.standing());
      redis.restart();
      await().atMost(PATIENCE).until(inbox::standing);

      OnLoop.await(inbox.close().toCompletionStage().toCompletableFuture());
      assertThat(inbox.standing()).isFalse();
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> tell(store, config, "n", "nobody") == 0);
    }
  }

  @Test
  void cluster_eachNodesChannelIsHeard_whicheverPrimaryHasItsSlot() throws IOException {
    try (RedisProcess first = clustered();
        RedisProcess second = clustered()) {
      first.ask("CLUSTER ADDSLOTSRANGE 0 8191");
      second.ask("CLUSTER ADDSLOTSRANGE 8192 16383");
      first.ask("CLUSTER MEET 127.0.0.1 " + second.port());
      await().atMost(PATIENCE).until(() -> settled(first) && settled(second));
      RedisConfig config = config(RedisConfig.Mode.CLUSTER, first);
      RedisStore store = store(config);
      List<String> nodes = IntStream.range(0, 6).mapToObj(number -> "n" + number).toList();
      List<Inbox> inboxes = nodes.stream().map(node -> open(config, store, node)).toList();
      await().atMost(PATIENCE).until(() -> inboxes.stream().allMatch(Inbox::standing));

      for (String node : nodes) {
        assertThat(tell(store, config, node, "to " + node)).isEqualTo(1);
      }

      await().atMost(PATIENCE).until(() -> heard.size() == nodes.size());
      assertThat(heard)
          .containsExactlyInAnyOrderElementsOf(nodes.stream().map(node -> "to " + node).toList());
      assertThat(nodes.stream().map(ClusterSlot::ofTag).filter(slot -> slot < 8_192).count())
          .isBetween(1L, 5L);
    }
  }

  /** Its lease is there, as that of a node that is alive. */
  private long tell(RedisStore store, RedisConfig config, String node, String message) {
    renewed(store, config, node);
    return loop.call(
        () ->
            store
                .eval(
                    TELL,
                    List.of(Keys.lease(node)),
                    List.of(Inbox.publishing(config), Keys.channel(node), message, "1"))
                .map(Reply::number));
  }

  /** How many heard of it on another channel of the node's. */
  private long renewed(RedisStore store, RedisConfig config, String node) {
    return loop.call(
        () ->
            store
                .eval(
                    RENEW,
                    List.of(Keys.lease(node)),
                    List.of("60000", Inbox.publishing(config), "other:{" + node + "}", "beat"))
                .map(reply -> reply.list().get(1).number()));
  }

  private Inbox open(RedisConfig config, RedisStore store, String node) {
    return Inbox.open(
        new Inbox.Parts(vertx, config, store, Time.system()),
        Loop.next(vertx),
        new Inbox.Address(Keys.channel(node), node),
        heard::add);
  }

  private RedisStore store(RedisConfig config) {
    RedisStore store =
        new RedisStore(vertx, config, Time.system(), new Meters(new SimpleMeterRegistry()));
    loop.call(store::connect);
    return store;
  }

  private static RedisConfig config(RedisConfig.Mode mode, RedisProcess redis) {
    return new RedisConfig(mode, List.of(redis.url()), /* embedded= */ false);
  }

  private static RedisProcess clustered() throws IOException {
    return RedisProcess.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
  }

  private static boolean settled(RedisProcess node) throws IOException {
    return node.askAll("CLUSTER INFO").contains("cluster_state:ok");
  }
}
