package io.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.config.CacheConfig;
import io.vestibule.json.Json;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A town with every entry in the near cache, as a gateway has it once it is warm. */
public final class CachedTown {
  /** Nothing is evicted: how much may be kept is not the question. */
  private static final long BYTES_MAX = 1L << 34;

  /** Longer than any benchmark: no Redis proves anything here. */
  private static final Duration AGE_MAX = Duration.ofDays(1);

  /** One for the whole process: it may be asked for a million entries at once. */
  private static final Vertx VERTX =
      Vertx.vertx(
          new VertxOptions()
              .setUseDaemonThread(true)
              .setBlockedThreadCheckInterval(1)
              .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS));

  private final TownSize size;
  private final NearCachedDirectory directory;

  private CachedTown(TownSize size, NearCachedDirectory directory) {
    this.size = size;
    this.directory = directory;
  }

  public static CachedTown of(TownSize size, IntFunction<ObjectNode> jwks) {
    NearCachedDirectory directory =
        new NearCachedDirectory(
            new NearCachedDirectory.Source(
                source(size, jwks), meters(), Time.system(), new Guesses()),
            new CacheConfig(BYTES_MAX, AGE_MAX),
            new Nobody());
    directory.standing();
    CachedTown town = new CachedTown(size, directory);
    onLoop(town::fill);
    return town;
  }

  /** One kind alone, to look up by its key. */
  public static Doors doors(int count) {
    TownSource source = source(TownSize.MILLION_DOORS, number -> Json.object());
    NearCache<DoorId, Door> cache =
        new NearCache<>(
            source::door,
            Weights.doors(BYTES_MAX),
            new CacheTallies(meters(), Kind.DOOR),
            Time.system());
    onLoop(
        () -> {
          for (int number = 0; number < count; number++) {
            cache.find(TownDocuments.door(number));
          }
        });
    return new Doors(cache);
  }

  /** Nothing is under way that would look again. */
  public record Nobody() implements DirectoryWatcher {
    @Override
    public void lockdownChanged() {}

    @Override
    public void doorChanged(DoorId door) {}

    @Override
    public void anyDoorChanged() {}
  }

  /** The near cache of doors. */
  public static final class Doors {
    private final NearCache<DoorId, Door> cache;

    Doors(NearCache<DoorId, Door> cache) {
      this.cache = cache;
    }

    /** A hit is counted as such. */
    public Door find(DoorId door) {
      return cache.find(door).result().orElseThrow();
    }
  }

  public FactFinder directory() {
    return directory;
  }

  public int doorCount() {
    return size.doorCount;
  }

  public int courierCount() {
    return size.courierCount;
  }

  static TownSource source(TownSize size, IntFunction<ObjectNode> jwks) {
    return new TownSource(new TownDocuments(size, jwks));
  }

  public static Meters meters() {
    return new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  /** Misses are for event loops alone; returns when all is done. */
  static void onLoop(Runnable work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    VERTX.runOnContext(
        start -> {
          try {
            work.run();
            done.complete(null);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    done.join();
  }

  private void fill() {
    for (int number = 0; number < Math.max(size.doorCount, size.courierCount); number++) {
      directory.find(
          TownDocuments.courier(number % size.courierCount),
          TownDocuments.door(number % size.doorCount));
    }
  }
}
