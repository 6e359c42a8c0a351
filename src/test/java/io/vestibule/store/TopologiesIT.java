package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Status;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.concurrent.Timers;
import io.vestibule.config.Rate;
import io.vestibule.config.RedisConfig;
import io.vestibule.directory.DoorDraft;
import io.vestibule.directory.Guesses;
import io.vestibule.directory.RedisDirectory;
import io.vestibule.directory.RedisRegistry;
import io.vestibule.directory.Registry;
import io.vestibule.grant.Claim;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Grant;
import io.vestibule.grant.Outcome;
import io.vestibule.grant.RedisClaims;
import io.vestibule.grant.RedisGrants;
import io.vestibule.metrics.Meters;
import io.vestibule.signing.Sha256;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisProcess;
import io.vestibule.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One visit from its grant to its outcome, on a cluster and behind a sentinel. */
class TopologiesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Vertx vertx;
  private OnLoop loop;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    loop = new OnLoop(vertx);
  }

  @AfterEach
  void stop() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void cluster_servesEveryBuilding() throws IOException {
    try (RedisProcess first = clustered();
        RedisProcess second = clustered()) {
      first.ask("CLUSTER ADDSLOTSRANGE 0 8191");
      second.ask("CLUSTER ADDSLOTSRANGE 8192 16383");
      first.ask("CLUSTER MEET 127.0.0.1 " + second.port());
      await().atMost(PATIENCE).until(() -> settled(first) && settled(second));
      RedisStore store = store(RedisConfig.Mode.CLUSTER, first.url());
      loop.call(store::connect);

      // Enough buildings for both halves of the slots.
      for (int count = 0; count < 12; count++) {
        visit(store, "building-" + count);
      }
      OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
    }
  }

  @Test
  void sentinel_leadsToThePrimary() throws IOException {
    try (RedisProcess primary = RedisProcess.start()) {
      Path file = Files.createTempFile("sentinel", ".conf");
      Files.writeString(file, "sentinel monitor doors 127.0.0.1 " + primary.port() + " 1\n");
      try (RedisProcess sentinel = RedisProcess.startSentinel(file)) {
        RedisStore store = store(RedisConfig.Mode.SENTINEL, sentinel.url() + "?master=doors");
        loop.call(store::connect);

        visit(store, "elm-12");
        assertThat(primary.ask("DBSIZE")).isNotEqualTo(":0");
        OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
      }
    }
  }

  private static RedisProcess clustered() throws IOException {
    return RedisProcess.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
  }

  private static boolean settled(RedisProcess node) throws IOException {
    return node.askAll("CLUSTER INFO").contains("cluster_state:ok");
  }

  private RedisStore store(RedisConfig.Mode mode, String endpoint) {
    return new RedisStore(
        vertx,
        new RedisConfig(mode, List.of(endpoint), /* embedded= */ false),
        Time.system(),
        new Meters(new SimpleMeterRegistry()));
  }

  private void visit(RedisStore store, String building) {
    Time time = Time.system();
    Building home = building(building);
    DoorId door = new DoorId(building + "-front");
    Registry registry =
        new RedisRegistry(
            new RedisRegistry.Parts(vertx, Timers.of(vertx), store, new RedisAuditLog(store), time),
            key -> {});
    DoorDraft draft =
        new DoorDraft(
            new Door(door, home.id(), Status.ACTIVE, Duration.ofSeconds(5)),
            Optional.empty(),
            Optional.empty());
    assertThat(loop.call(() -> registry.put(home, "homes"))).isEqualTo(Registry.Written.CREATED);
    assertThat(loop.call(() -> registry.put(draft, home.manager(), "homes")))
        .isEqualTo(Registry.Written.CREATED);
    assertThat(loop.call(() -> new RedisDirectory(store, time, new Guesses()).premises(door)))
        .isPresent();

    Grant grant = grant(building, door, time.now());
    assertThat(loop.call(() -> new RedisGrants(store, time).create(grant, home, "swift"))).isTrue();
    RedisClaims claims =
        new RedisClaims(store, time, new Rate(15, Duration.ofMinutes(1)), () -> {});
    Claim claim = claim(claims, grant, home, time.now());
    assertThat(loop.call(() -> claims.claim(claim))).isInstanceOf(ClaimResult.Claimed.class);
    assertThat(loop.call(() -> claims.claim(claim))).isInstanceOf(ClaimResult.OnRecord.class);
    Outcome opened = new Outcome.Opened(claim.at());
    var attempt = loop.call(() -> claims.attempt(claim.unlock())).orElseThrow();
    assertThat(loop.call(() -> claims.close(attempt, opened))).isEqualTo(opened);
    assertThat(loop.call(() -> registry.delete(home.id(), home.manager(), "homes")))
        .isEqualTo(Registry.Deleted.CONFLICT);
  }

  private static Claim claim(RedisClaims claims, Grant grant, Building home, Instant now) {
    return new Claim(
        claims.unlockId(home.id(), grant.courier(), "jti-of-" + home.id()),
        Sha256.base64Url("bytes for " + home.id()),
        new Claim.Who(grant.courier(), grant.carrier()),
        new Claim.Where(grant.door(), home.id(), home.retentionDays()),
        grant.id(),
        Optional.of(grant.parcels().get(0)),
        true,
        now,
        now.plusSeconds(8));
  }

  private static Grant grant(String building, DoorId door, Instant now) {
    Instant from = Instant.ofEpochMilli(now.toEpochMilli());
    return new Grant(
        new GrantId("g-" + building),
        new CarrierId("swift"),
        new CourierId("c-1"),
        door,
        List.of(Sha256.base64Url("parcel")),
        new Grant.Window(from, from.plusSeconds(3_600)),
        new Grant.Uses(1, Duration.ofMinutes(5)));
  }

  private static Building building(String id) {
    return new Building(
        new BuildingId(id),
        new ManagerId("homes"),
        ZoneId.of("Europe/Berlin"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Status.ACTIVE,
        90);
  }
}
