package io.vestibule.directory;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.config.CacheConfig;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import io.vestibule.store.Reply;
import io.vestibule.store.Tracking;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.RedisProxy;
import io.vestibule.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cached directory whose lines to Redis can be held and cut apart: that on which entries are
 * read, and that on which changes are told. Changes are made on a third.
 */
final class CacheStage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  static final CourierId ANA = new CourierId("ana");
  static final DoorId FRONT = new DoorId("front");
  static final BuildingId ELM = new BuildingId("elm");

  static final String COURIER =
      """
      {"carrier":"swift","keys":[],"screening":{"status":"passed","expiresAt":"%s"},"status":"%s"}""";
  static final String DOOR =
      """
      {"building":"elm","manager":"homes","status":"active","holdSeconds":5}""";
  static final String BUILDING =
      """
      {"manager":"homes","timezone":"Europe/Berlin","admits":[],"status":"active","consent":\
      {"givenBy":"the owners","givenAt":"2026-01-01T00:00:00Z"}}""";

  final RedisProcess redis = start();
  final RedisProxy reading = new RedisProxy(redis);
  final RedisProxy telling = new RedisProxy(redis);
  final Vertx vertx = Vertx.vertx();
  final OnLoop loop = new OnLoop(vertx);
  final OnLoop otherLoop = new OnLoop(vertx);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final AtomicInteger lockdownChanges = new AtomicInteger();
  final AtomicInteger anyDoorChanges = new AtomicInteger();
  final Queue<DoorId> doorChanges = new ConcurrentLinkedQueue<>();
  final RedisStore control = store(redis.url(), new SimpleMeterRegistry());
  final RedisStore store = store(reading.url(), registry);
  final Guesses guesses = new Guesses();
  final NearCachedDirectory directory;
  private final Tracking tracking;

  /** Entries are there, nothing is in memory, and changes are told. */
  CacheStage(Duration ageMax) {
    directory =
        new NearCachedDirectory(
            new NearCachedDirectory.Parts(store, new Meters(registry), Time.system(), guesses),
            new CacheConfig(10_000_000, ageMax),
            watcher());
    tracking =
        Tracking.start(
            // Canaries are written on a line that nobody holds.
            new Tracking.Parts(vertx, config(telling.url()), control, Time.system()),
            ageMax,
            directory);
    write("SET", Keys.courier(ANA), courier("active"));
    write("SET", Keys.door(FRONT), DOOR);
    write("SET", Keys.building(ELM), BUILDING);
    loop.call(store::connect);
    otherLoop.call(store::connect);
    awaitStanding();
  }

  static String courier(String status) {
    return COURIER.formatted("2030-01-01T00:00:00Z", status);
  }

  void awaitStanding() {
    await().atMost(PATIENCE).until(() -> gauge("vestibule.cache.standing") == 1);
  }

  Reply write(String name, String... args) {
    return loop.call(() -> control.command(name, args));
  }

  Facts find() {
    return loop.call(() -> directory.find(ANA, FRONT));
  }

  CompletableFuture<Facts> startFinding() {
    return loop.start(() -> directory.find(ANA, FRONT));
  }

  /** Found, and in memory from now on. */
  void warm() {
    await().atMost(PATIENCE).until(() -> find() != null && known());
  }

  boolean known() {
    return directory.known(ANA, FRONT).isPresent();
  }

  /** The writes so far have been told. */
  void awaitTold(double invalidationCount) {
    await().atMost(PATIENCE).until(() -> counted("invalidations") >= invalidationCount);
  }

  double counted(String what) {
    return registry.find("vestibule.cache." + what).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  double unreadable(String kind) {
    return registry.get("vestibule.directory.unreadable").tag("kind", kind).counter().count();
  }

  double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  @Override
  public void close() {
    OnLoop.await(tracking.close().toCompletionStage().toCompletableFuture());
    OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
    OnLoop.await(control.close().toCompletionStage().toCompletableFuture());
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
    reading.close();
    telling.close();
    redis.close();
  }

  private RedisStore store(String url, SimpleMeterRegistry meters) {
    return new RedisStore(vertx, config(url), Time.system(), new Meters(meters));
  }

  private static RedisConfig config(String url) {
    return new RedisConfig(RedisConfig.Mode.STANDALONE, List.of(url), /* embedded= */ false);
  }

  private DirectoryWatcher watcher() {
    return new DirectoryWatcher() {
      @Override
      public void lockdownChanged() {
        lockdownChanges.incrementAndGet();
      }

      @Override
      public void doorChanged(DoorId door) {
        doorChanges.add(door);
      }

      @Override
      public void anyDoorChanged() {
        anyDoorChanges.incrementAndGet();
      }
    };
  }

  private static RedisProcess start() {
    try {
      return RedisProcess.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
