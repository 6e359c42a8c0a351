package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vestibule.testing.Jdk;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The guide's user of Redis on a cluster and behind a sentinel. */
@Tag("system")
final class RedisUserTopologiesIT {
  private static final String PASSWORD = "a-long-password";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  void cluster_takesTheLineAndItsAddition() throws Exception {
    try (RedisProcess first = clustered();
        RedisProcess second = clustered()) {
      first.ask("CLUSTER ADDSLOTSRANGE 0 8191");
      second.ask("CLUSTER ADDSLOTSRANGE 8192 16383");
      first.ask("CLUSTER MEET 127.0.0.1 " + second.port());
      await().atMost(PATIENCE).until(() -> settled(first) && settled(second));

      opensADoor(
          Map.of(
              "VESTIBULE_REDIS_MODE",
              "cluster",
              "VESTIBULE_REDIS_ENDPOINTS",
              endpoint(first, "") + "," + endpoint(second, "")),
          first,
          () -> {
            assertThat(first.ask("ACL LOG")).isEqualTo("*0");
            assertThat(second.ask("ACL LOG")).isEqualTo("*0");
            assertThat(first.askAll("INFO commandstats") + second.askAll("INFO commandstats"))
                .contains("cluster|slots:", "cluster|nodes:");
          });
    }
  }

  @Test
  void sentinel_takesItsOwnLine() throws Exception {
    try (RedisProcess primary = RedisProcess.start()) {
      assertThat(primary.ask(Guide.redisUser(PASSWORD))).isEqualTo("+OK");
      Path file = Files.createTempFile("sentinel", ".conf");
      Files.writeString(file, "sentinel monitor doors 127.0.0.1 " + primary.port() + " 1\n");
      try (RedisProcess sentinel = RedisProcess.startSentinel(file)) {
        assertThat(sentinel.ask(Guide.sentinelUser(PASSWORD))).isEqualTo("+OK");

        opensADoor(
            Map.of(
                "VESTIBULE_REDIS_MODE",
                "sentinel",
                "VESTIBULE_REDIS_ENDPOINTS",
                endpoint(sentinel, "?master=doors")),
            primary,
            () -> {
              assertThat(sentinel.ask("ACL LOG")).isEqualTo("*0");
              assertThat(primary.ask("ACL LOG")).isEqualTo("*0");
            });
      }
    }
  }

  /** What is looked at while Redis is still there. */
  private interface Looks {
    void look() throws IOException;
  }

  private static void opensADoor(Map<String, String> settings, RedisProcess redis, Looks afterwards)
      throws Exception {
    try (Stage stage = Stage.set(Jdk.found().get(0), settings, redis)) {
      String door = stage.door();
      String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");
      try (WireDoor device = stage.connect(door)) {
        WireApi.Answer opened = stage.operator().unlock(door, request);
        assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
        assertThat(device.commands()).hasSize(1);
      }
      afterwards.look();
    }
  }

  private static RedisProcess clustered() throws IOException {
    RedisProcess node =
        RedisProcess.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
    assertThat(node.ask(Guide.redisUser(PASSWORD))).isEqualTo("+OK");
    String addition =
        Guide.redisUserAdditions().stream()
            .filter(line -> line.contains("+cluster|slots"))
            .findFirst()
            .orElseThrow();
    assertThat(node.ask(addition)).isEqualTo("+OK");
    return node;
  }

  private static boolean settled(RedisProcess node) throws IOException {
    return node.askAll("CLUSTER INFO").contains("cluster_state:ok");
  }

  private static String endpoint(RedisProcess redis, String query) {
    return "redis://vestibule:" + PASSWORD + "@127.0.0.1:" + redis.port() + query;
  }
}
