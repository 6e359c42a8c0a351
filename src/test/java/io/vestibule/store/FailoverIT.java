package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Status;
import io.vestibule.config.Durability;
import io.vestibule.config.Rate;
import io.vestibule.config.RedisConfig;
import io.vestibule.grant.Attempt;
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
import io.vestibule.testing.RedisProxy;
import io.vestibule.time.Time;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A primary dies under a stream of claims and outcomes, and its replica takes over: what was
 * acknowledged is compared with what is there.
 */
final class FailoverIT {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverIT.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CHAIN_COUNT = 16;
  private static final int CLOSED_BEFORE = 500;

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final Time time = Time.system();
  private final Building home = home();
  private final Grant grant = grant(time.now());
  private final Set<Attempt> claimed = ConcurrentHashMap.newKeySet();
  private final Set<Attempt> closed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger nextJti = new AtomicInteger();
  private final List<CompletableFuture<Void>> chains = new ArrayList<>();
  private volatile boolean streaming;

  @AfterEach
  void stop() {
    streaming = false;
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void primaryKilled_underSentinel_nothingConfirmedByTheReplicaIsLost() throws IOException {
    try (RedisProcess primary = started();
        RedisProcess replica = follower(primary.port());
        RedisProcess sentinel = RedisProcess.startSentinel(watching(primary))) {
      await().atMost(PATIENCE).until(() -> sentinel.askAll("INFO sentinel").contains("slaves=1"));
      RedisStore store =
          store(RedisConfig.Mode.SENTINEL, sentinel.url() + "?master=doors", Durability.REPLICA);
      stream(store);
      await().atMost(PATIENCE).until(() -> closed.size() > CLOSED_BEFORE);

      primary.kill();
      long killedAt = System.nanoTime();
      await()
          .atMost(PATIENCE)
          .until(() -> replica.askAll("INFO replication").contains("role:master"));
      LOG.info("took over {} ms after", (System.nanoTime() - killedAt) / 1_000_000);
      streaming = false;

      assertThat(lost(replica)).isEmpty();
    }
  }

  @Test
  void replicaThatLags_thenTakesOver_hasWhatItConfirmed() throws IOException {
    assertThat(lostByALaggingReplica(Durability.REPLICA)).isZero();
  }

  /** What the setting is for; and that these tests would see a loss. */
  @Test
  void replicaThatLags_thenTakesOver_lacksWhatThePrimaryAloneHad() throws IOException {
    assertThat(lostByALaggingReplica(Durability.PRIMARY)).isPositive();
  }

  private int lostByALaggingReplica(Durability durability) throws IOException {
    try (RedisProcess primary = started();
        RedisProxy line = new RedisProxy(primary);
        RedisProcess replica = follower(port(line))) {
      stream(store(RedisConfig.Mode.STANDALONE, primary.url(), durability));
      await().atMost(PATIENCE).until(() -> closed.size() > CLOSED_BEFORE);

      line.hold();
      int tried = nextJti.get();
      await().atMost(PATIENCE).until(() -> nextJti.get() > tried + CHAIN_COUNT);
      primary.kill();
      streaming = false;
      replica.ask("REPLICAOF NO ONE");

      return lost(replica).size();
    }
  }

  /** Attempts that were told as claimed, or as closed, and are not so on the survivor. */
  private Set<Attempt> lost(RedisProcess survivor) {
    RedisStore store = store(RedisConfig.Mode.STANDALONE, survivor.url(), Durability.PRIMARY);
    RedisClaims claims = claims(store);
    Set<Attempt> lost = new HashSet<>();
    for (Attempt attempt : claimed) {
      Optional<Attempt> found = loop.call(() -> claims.attempt(attempt.unlock()));
      boolean kept =
          found.isPresent() && (!closed.contains(attempt) || found.get().outcome().isPresent());
      if (!kept) {
        lost.add(attempt);
      }
    }
    LOG.info("lost {} of {} acknowledged claims", lost.size(), claimed.size());
    return lost;
  }

  private void stream(RedisStore store) {
    loop.call(store::connect);
    loop.call(() -> new RedisGrants(store, time).create(grant, home, "swift"));
    streaming = true;
    RedisClaims claims = claims(store);
    for (int chain = 0; chain < CHAIN_COUNT; chain++) {
      chains.add(loop.start(() -> next(claims)));
    }
  }

  /** One visit after the other; a door would be commanded between its claim and its close. */
  private Future<Void> next(RedisClaims claims) {
    Claim claim = claim(claims, "jti-" + nextJti.incrementAndGet());
    return claims
        .claim(claim)
        .compose(result -> result instanceof ClaimResult.Claimed ? close(claims, claim) : none())
        .otherwiseEmpty()
        .compose(done -> streaming ? later(claims) : none());
  }

  /** Not on the spot: without a connection a claim fails at once. */
  private Future<Void> later(RedisClaims claims) {
    return vertx.timer(1, TimeUnit.MILLISECONDS).compose(on -> next(claims));
  }

  private Future<Void> close(RedisClaims claims, Claim claim) {
    claimed.add(claim.attempt());
    return claims
        .close(claim.attempt(), new Outcome.Opened(claim.at()))
        .onSuccess(outcome -> closed.add(claim.attempt()))
        .mapEmpty();
  }

  private static Future<Void> none() {
    return Future.succeededFuture();
  }

  private RedisClaims claims(RedisStore store) {
    return new RedisClaims(store, time, new Rate(1_000_000, Duration.ofSeconds(1)), () -> {});
  }

  private RedisStore store(RedisConfig.Mode mode, String endpoint, Durability durability) {
    return new RedisStore(
        vertx,
        new RedisConfig(mode, List.of(endpoint), /* embedded= */ false, durability),
        time,
        new Meters(new SimpleMeterRegistry()));
  }

  private static RedisProcess started() throws IOException {
    RedisProcess primary = RedisProcess.start();
    primary.ask("CONFIG SET repl-diskless-sync-delay 0");
    return primary;
  }

  private static RedisProcess follower(int port) throws IOException {
    RedisProcess replica = RedisProcess.start("--replicaof", "127.0.0.1", "" + port);
    await()
        .atMost(PATIENCE)
        .until(() -> replica.askAll("INFO replication").contains("master_link_status:up"));
    return replica;
  }

  private static int port(RedisProxy line) {
    return URI.create(line.url()).getPort();
  }

  private static Path watching(RedisProcess primary) throws IOException {
    Path file = Files.createTempFile("sentinel", ".conf");
    Files.writeString(
        file,
        """
        sentinel monitor doors 127.0.0.1 %d 1
        sentinel down-after-milliseconds doors 500
        sentinel failover-timeout doors 5000
        """
            .formatted(primary.port()));
    return file;
  }

  private Claim claim(RedisClaims claims, String jti) {
    Instant now = time.now();
    return new Claim(
        claims.unlockId(home.id(), grant.courier(), jti),
        Sha256.base64Url(jti),
        new Claim.Who(grant.courier(), grant.carrier()),
        new Claim.Where(grant.door(), home.id(), home.retentionDays()),
        grant.id(),
        Optional.of(grant.parcels().get(0)),
        true,
        now,
        now.plusSeconds(60));
  }

  private static Grant grant(Instant now) {
    Instant from = Instant.ofEpochMilli(now.toEpochMilli());
    return new Grant(
        new GrantId("g-1"),
        new CarrierId("swift"),
        new CourierId("c-1"),
        new DoorId("elm-12-front"),
        List.of(Sha256.base64Url("parcel")),
        new Grant.Window(from, from.plusSeconds(3_600)),
        new Grant.Uses(100, Duration.ofMinutes(15)));
  }

  private static Building home() {
    return new Building(
        new BuildingId("elm-12"),
        new ManagerId("homes"),
        ZoneId.of("Europe/Berlin"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Status.ACTIVE,
        90);
  }
}
