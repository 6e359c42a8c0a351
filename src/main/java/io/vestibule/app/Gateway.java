package io.vestibule.app;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.app.log.Logging;
import io.vestibule.cluster.Answer;
import io.vestibule.cluster.Cluster;
import io.vestibule.command.CommandSigner;
import io.vestibule.command.RemoteCommands;
import io.vestibule.command.RoutedDoors;
import io.vestibule.concurrent.Timers;
import io.vestibule.config.Config;
import io.vestibule.config.RedisConfig;
import io.vestibule.directory.DoorEntry;
import io.vestibule.directory.NearCachedDirectory;
import io.vestibule.directory.RegisteredDoors;
import io.vestibule.door.DoorLimits;
import io.vestibule.door.DoorServer;
import io.vestibule.door.LocalDoors;
import io.vestibule.grant.Sweep;
import io.vestibule.health.Cause;
import io.vestibule.health.HealthBoard;
import io.vestibule.health.Standing;
import io.vestibule.http.Api;
import io.vestibule.http.ApiServer;
import io.vestibule.http.BearerAuth;
import io.vestibule.http.Limits;
import io.vestibule.http.ManagementServer;
import io.vestibule.http.StreamLimits;
import io.vestibule.json.Json;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Scrape;
import io.vestibule.signing.CryptoProvider;
import io.vestibule.signing.Jwks;
import io.vestibule.signing.Providers;
import io.vestibule.signing.Signer;
import io.vestibule.signing.VerificationKey;
import io.vestibule.store.RedisStore;
import io.vestibule.store.Tracking;
import io.vestibule.time.Deadline;
import io.vestibule.unlock.LateAck;
import io.vestibule.unlock.UnlockFlow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One gateway in this process: built, started and stopped in order. Its methods block. */
final class Gateway implements AutoCloseable {
  private static final long NO_TIMER = -1; // Vert.x counts from 0.
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final String ISSUER = "vestibule";
  private static final int SECRET_BYTES_MAX = 1_024;

  /** All that follows the drain shares it, so that whoever waits for the process knows how long. */
  static final Duration CLOSING_MAX = Duration.ofSeconds(9);

  private static final Duration SWEEP_ROUND = Duration.ofSeconds(10);
  private static final Duration TRIM_ROUND = Duration.ofHours(1);
  private static final Duration UNTIL_STOPPED = Duration.ofDays(10_000);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration DRAIN_LOOK = Duration.ofMillis(20);
  private static final Duration HEALTH_LOOK = Duration.ofMillis(250);

  private final Config config;
  private final Platform platform;
  private final Vertx vertx;
  private final Optional<EmbeddedRedis> embedded;
  private final RedisConfig redis;
  private final RedisStore store;
  private final NearCachedDirectory cached;
  private final LocalDoors local = new LocalDoors();
  private final Cluster cluster;
  private final RoutedDoors routed;
  private final RemoteCommands remote;
  private final Sweep sweep;
  private final Sweep trim;
  private final RegisteredDoors registered;
  private final BearerAuth auth;
  private final UnlockFlow unlocks;
  private final DoorServer doors;
  private final ApiServer api;
  private final ManagementServer management;
  private final LoopBeats loops;
  private final HealthBoard health;
  private volatile Optional<Tracking> tracking = Optional.empty();
  private volatile boolean redisSeen;
  private volatile boolean draining;
  private volatile long healthLook = NO_TIMER;

  /** What is bound; empty for a port that is off. */
  record Ports(int http, OptionalInt https, int mqtts, OptionalInt mqtt, int management) {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("http=").append(http);
      https.ifPresent(port -> text.append(" https=").append(port));
      text.append(" mqtts=").append(mqtts);
      mqtt.ifPresent(port -> text.append(" mqtt=").append(port));
      return text.append(" management=").append(management).toString();
    }
  }

  /** What has been read and opened before anything is built. */
  private record Opened(
      Platform platform, Optional<EmbeddedRedis> embedded, List<Signer> signers, BearerAuth auth) {}

  private Gateway(Config config, Opened opened) {
    this.config = config;
    this.platform = opened.platform();
    this.vertx = platform.vertx();
    this.embedded = opened.embedded();
    this.auth = opened.auth();
    redis = redis(config, embedded);
    store = new RedisStore(vertx, redis, platform.time(), platform.meters());
    Stores stores =
        Stores.over(platform, store, config, new Rechecks(vertx, local, this::lockdownChanged));
    cached = stores.cached();
    Sweep.Parts sweeping = new Sweep.Parts(Timers.of(vertx), platform.meters(), platform.time());
    sweep = new Sweep(sweeping, SWEEP_ROUND, stores.chores());
    trim = new Sweep(sweeping, TRIM_ROUND, List.of(stores.trimming()));
    registered = new RegisteredDoors(store, Timers.of(vertx));
    cluster = cluster();
    routed = new RoutedDoors(local, cluster.places(), cluster.exchange(), platform.time());
    remote =
        new RemoteCommands(
            new RemoteCommands.Parts(
                local,
                cluster::holds,
                cluster.exchange()::answer,
                Timers.of(vertx),
                platform.meters(),
                platform.time(),
                this::lateAck));
    unlocks = unlocks(stores, new CommandSigner(opened.signers().get(0), ISSUER));
    doors = doors(stores);
    api = api(stores, jwks(opened.signers()));
    loops = LoopBeats.start(vertx, platform.time());
    health = health();
    management =
        new ManagementServer(
            vertx,
            config.management(),
            new ManagementServer.Parts(this::checks, health, new Scrape(platform.registry())));
    gauges();
  }

  private Cluster cluster() {
    return new Cluster(
        new Cluster.Parts(vertx, redis, store, platform.meters(), platform.time()),
        new Cluster.Own(config.node(), local, config.unlock().inFlightMax(), this::lateAck));
  }

  private UnlockFlow unlocks(Stores stores, CommandSigner signer) {
    return new UnlockFlow(
        new UnlockFlow.Parts(
            Timers.of(vertx),
            stores.directory(),
            cached,
            stores.claims(),
            routed,
            signer,
            stores.audit(),
            platform.meters(),
            platform.tracing(),
            platform.time()),
        config.unlock());
  }

  private DoorServer doors(Stores stores) {
    int doorDescriptorsMax =
        Platform.descriptorsMax() - Limits.standard(Platform.descriptorsMax()).connectionCountMax();
    return new DoorServer(
        vertx,
        config.mqtt(),
        DoorLimits.standard(doorDescriptorsMax),
        new DoorServer.Parts(
            local,
            stores.directory(),
            this::secretMatches,
            unlocks,
            stores.audit(),
            stores.telemetry()::record,
            platform.meters(),
            platform.time(),
            cluster));
  }

  private ApiServer api(Stores stores, String jwks) {
    return new ApiServer(
        vertx,
        config.http(),
        new Api(
            unlocks,
            new Api.Entries(stores.directory(), stores.registry()),
            new Api.Visits(stores.grants(), stores.idempotency()),
            new Api.DoorState(routed, stores.telemetry()::find),
            new Api.Log(
                stores.auditReader(), StreamLimits.standard(config.http().streamCountMax())),
            new Api.Edge(auth, jwks, platform.meters(), platform.time())),
        Limits.standard(Platform.descriptorsMax()));
  }

  private HealthBoard health() {
    return new HealthSources(this::lifecycle, store, cached, cluster, auth, api, doors, loops)
        .board(platform.time());
  }

  private void gauges() {
    Meters meters = platform.meters();
    meters.gauge(Gauge.DOORS_REGISTERED, registered::count);
    meters.gauge(Gauge.READY, () -> redisSeen && !draining ? 1 : 0);
    meters.gauge(Gauge.STORE_CONNECTED, () -> store.connected() ? 1 : 0);
    meters.gauge(Gauge.STORE_WAITING, store::waitingCount);
    meters.gauge(Gauge.STORE_APPEND_ONLY, () -> store.appendOnly() ? 1 : 0);
  }

  /** Listens on all ports; whoever starts it closes it, also when the process is told to end. */
  static Gateway start(Config config) throws CommandFailed {
    CryptoProvider provider = Providers.install();
    LOG.info("signatures by {}", provider);
    List<Signer> signers = new ArrayList<>();
    for (Path file : config.signing().keys()) {
      signers.add(KeyFile.read(file));
    }
    Platform platform = Platform.create(config);
    platform.meters().gauge(Gauge.SIGNING_PROVIDER, () -> 1, provider.code());
    Logging.countLeftOut(platform.meters().tally(Count.LOG_SUPPRESSED));
    Optional<EmbeddedRedis> embedded = Optional.empty();
    try {
      BearerAuth auth =
          Blocking.await(
              BearerAuth.open(platform.vertx(), config.auth(), platform.time()), START_TIMEOUT);
      embedded = embedded(config);
      return listening(new Gateway(config, new Opened(platform, embedded, signers, auth)));
    } catch (CommandFailed e) {
      platform.close(platform.time().deadlineIn(CLOSING_MAX));
      embedded.ifPresent(EmbeddedRedis::close);
      throw e;
    }
  }

  private static Gateway listening(Gateway gateway) throws CommandFailed {
    Blocking.await(gateway.management.start(), START_TIMEOUT);
    gateway.healthLook =
        gateway.vertx.setPeriodic(HEALTH_LOOK.toMillis(), tick -> gateway.health.look());
    LOG.info("management listens on port {}", gateway.management.port());
    Blocking.await(gateway.api.start(), START_TIMEOUT);
    Blocking.await(gateway.doors.start(Platform.eventLoops()), START_TIMEOUT);
    gateway.embedded.ifPresent(EmbeddedRedis::leaveToOwner);
    return gateway;
  }

  private void track() {
    tracking =
        Optional.of(
            Tracking.start(
                new Tracking.Parts(vertx, redis, store, platform.time()),
                config.cache().ageMax(),
                cached));
  }

  /** Of a command that one of two gateways waited for, and that the other was told of too late. */
  private void lateAck(Answer answer) {
    unlocks
        .lateAck(new LateAck(answer.door(), answer.unlock(), answer.said().code(), answer.at()))
        .onFailure(lost -> LOG.error("a late ack of door {} is lost", answer.door(), lost));
  }

  private void lockdownChanged() {
    unlocks.lockdownChanged();
  }

  /** Returns once Redis has been reached, however long that takes. */
  void awaitReady() throws CommandFailed {
    track();
    cluster.start(remote);
    Promise<Void> reached = Promise.promise();
    vertx.runOnContext(nothing -> store.connect().onComplete(reached));
    Blocking.await(reached.future(), UNTIL_STOPPED);
    redisSeen = true;
    vertx.runOnContext(nothing -> sweep.start());
    vertx.runOnContext(nothing -> trim.start());
    vertx.runOnContext(nothing -> registered.start());
  }

  Ports ports() {
    int https = api.tlsPort();
    return new Ports(
        api.port(),
        https == 0 ? OptionalInt.empty() : OptionalInt.of(https),
        doors.tlsPort().orElseThrow(),
        doors.plainPort(),
        management.port());
  }

  /** Not ready, no new connections, attempts end, doors leave; then all is closed. */
  @Override
  public void close() {
    draining = true;
    Deadline attemptsEnd = platform.time().deadlineIn(config.unlock().deadline());
    doors.stopAccepting();
    Blocking.quietly("HTTP", api.stopAccepting(attemptsEnd.left()));
    awaitAttempts(attemptsEnd);
    Blocking.quietly(
        "doors",
        doors.drain(DrainPace.doorsPerSecond(local.count())),
        Duration.ofSeconds(DrainPace.SECONDS_MAX + 1));
    close(platform.time().deadlineIn(CLOSING_MAX));
  }

  private void close(Deadline end) {
    Blocking.quietly("MQTT", doors.close(), end.left());
    Blocking.quietly(
        "sweeps", Future.join(registered.stop(), sweep.stop(), trim.stop()).mapEmpty(), end.left());
    Blocking.quietly("cluster", cluster.close(), end.left());
    tracking.ifPresent(told -> Blocking.quietly("changes", told.close(), end.left()));
    Blocking.quietly("Redis", store.close(), end.left());
    auth.close();
    Blocking.quietly("management", management.close(), end.left());
    vertx.cancelTimer(healthLook);
    loops.close();
    platform.close(end);
    embedded.ifPresent(EmbeddedRedis::close);
  }

  private Standing lifecycle() {
    if (draining) {
      return Standing.down(Cause.DRAINING);
    }
    return redisSeen ? Standing.up() : Standing.down(Cause.STARTING);
  }

  private Map<String, Boolean> checks() {
    return Map.of("started", redisSeen, "accepting", !draining);
  }

  /** Requests that came at the door have nobody else who waits for them. */
  private void awaitAttempts(Deadline deadline) {
    while (unlocks.inFlightCount() + remote.underwayCount() > 0 && !deadline.passed()) {
      Blocking.quietly(
          "attempts", vertx.timer(DRAIN_LOOK.toMillis(), TimeUnit.MILLISECONDS).mapEmpty());
    }
  }

  /** On a worker thread: the hash is slow on purpose. */
  private Future<Boolean> secretMatches(DoorEntry door, byte[] password) {
    if (door.secret().isEmpty() || password.length > SECRET_BYTES_MAX) {
      return Future.succeededFuture(false);
    }
    String secret = new String(password, StandardCharsets.UTF_8);
    return vertx.executeBlocking(() -> door.secret().get().matches(secret), false);
  }

  private static Optional<EmbeddedRedis> embedded(Config config) throws CommandFailed {
    if (!config.redis().embedded()) {
      return Optional.empty();
    }
    try {
      return Optional.of(EmbeddedRedis.start());
    } catch (IOException e) {
      throw new CommandFailed("redis.embedded: " + e.getMessage());
    }
  }

  private static RedisConfig redis(Config config, Optional<EmbeddedRedis> embedded) {
    return embedded
        .map(redis -> new RedisConfig(RedisConfig.Mode.STANDALONE, List.of(redis.endpoint()), true))
        .orElse(config.redis());
  }

  private static String jwks(List<Signer> signers) {
    List<VerificationKey> keys = signers.stream().map(Signer::publicKey).toList();
    return Json.write(Jwks.document(keys));
  }
}
