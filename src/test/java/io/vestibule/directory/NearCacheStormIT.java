package io.vestibule.directory;

import static io.vestibule.directory.CacheStage.COURIER;
import static io.vestibule.directory.CacheStage.FRONT;
import static io.vestibule.directory.CacheStage.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vestibule.access.CourierId;
import io.vestibule.store.Keys;
import io.vestibule.testing.OnLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Reads, changes, held and cut lines in an order that a seed gives, against a real Redis: nothing
 * that was changed longer ago than the bound is ever answered, and nothing stale is kept.
 */
@Tag("system")
final class NearCacheStormIT {
  private static final int SEEDS = Integer.getInteger("cache.seeds", 16);
  private static final Duration SEED_TAKES = Duration.ofMillis(700);
  private static final Duration AGE_MAX = Duration.ofMillis(500);
  private static final int COURIER_COUNT = 12;
  private static final int UNANSWERED_MAX = 64;
  private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");

  private final Queue<String> broken = new ConcurrentLinkedQueue<>();
  private final List<Versions> couriers = new ArrayList<>();
  private final Queue<CompletableFuture<?>> unanswered = new ArrayDeque<>();

  @Test
  void whateverTheOrder_nothingIsAnsweredLaterThanItsBound_andNothingStaleIsKept() {
    try (CacheStage stage = new CacheStage(AGE_MAX)) {
      for (int number = 0; number < COURIER_COUNT; number++) {
        couriers.add(new Versions(new CourierId("courier-" + number)));
      }
      for (int seed = 1; seed <= SEEDS; seed++) {
        run(stage, seed);
      }

      // Or it was no storm.
      assertThat(stage.counted("hits")).isPositive();
      assertThat(stage.counted("loads.dropped")).isPositive();
      assertThat(stage.counted("emptied")).isPositive();
    }
  }

  private void run(CacheStage stage, int seed) {
    Random random = new Random(seed);
    couriers.forEach(courier -> write(stage, courier));
    long end = System.nanoTime() + SEED_TAKES.toNanos();
    while (System.nanoTime() - end < 0) {
      step(stage, random);
    }
    stage.reading.release();
    stage.telling.release();
    settle(stage);
    assertThat(broken).as("seed %d", seed).isEmpty();
  }

  private void step(CacheStage stage, Random random) {
    Versions courier = couriers.get(random.nextInt(COURIER_COUNT));
    int dice = random.nextInt(1_000);
    if (dice < 700) {
      find(stage, courier, random.nextBoolean() ? stage.loop : stage.otherLoop);
    } else if (dice < 900) {
      write(stage, courier);
    } else if (dice < 930) {
      stage.reading.hold();
    } else if (dice < 975) {
      stage.reading.release();
    } else if (dice < 982) {
      stage.telling.hold();
    } else if (dice < 994) {
      stage.telling.release();
    } else if (dice < 996) {
      stage.telling.cut();
    } else if (dice < 998) {
      stage.reading.release();
      stage.reading.cut();
    } else {
      couriers.forEach(Versions::flushing);
      stage.write("FLUSHALL");
      stage.write("SET", Keys.door(FRONT), CacheStage.DOOR);
      stage.write("SET", Keys.building(CacheStage.ELM), CacheStage.BUILDING);
      couriers.forEach(each -> write(stage, each));
      couriers.forEach(Versions::flushed);
    }
  }

  private void write(CacheStage stage, Versions courier) {
    int version = courier.next();
    String expiresAt = BEGINNING.plusSeconds(version).toString();
    stage.write("SET", Keys.courier(courier.id), COURIER.formatted(expiresAt, "active"));
    courier.written(version);
  }

  private void find(CacheStage stage, Versions courier, OnLoop from) {
    if (unanswered.size() == UNANSWERED_MAX) {
      stage.reading.release();
      unanswered.forEach(NearCacheStormIT::ended);
      unanswered.clear();
    }
    unanswered.add(
        from.start(
            () -> {
              long asked = System.nanoTime();
              int least = courier.knownFor(AGE_MAX);
              Optional<Facts> known = stage.directory.known(courier.id, FRONT);
              known.ifPresent(facts -> check(courier, new Asked(asked, least), facts));
              return stage
                  .directory
                  .find(courier.id, FRONT)
                  .onSuccess(facts -> check(courier, new Asked(asked, least), facts));
            }));
  }

  private void check(Versions courier, Asked asked, Facts facts) {
    int version = version(facts);
    // None at all was true for a moment if everything was flushed.
    if (version < asked.least && !(version < 0 && courier.flushedSince(asked.nanos))) {
      broken.add(courier.id + ": " + version + " though " + asked.least + " was long known");
    }
  }

  /** Once all is quiet, each entry comes into memory, as it is. */
  private void settle(CacheStage stage) {
    unanswered.forEach(NearCacheStormIT::ended);
    unanswered.clear();
    for (Versions courier : couriers) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(2))
          .ignoreExceptions()
          .until(
              () -> {
                stage.loop.call(() -> stage.directory.find(courier.id, FRONT));
                return stage.directory.known(courier.id, FRONT).isPresent();
              });
      Facts kept = stage.directory.known(courier.id, FRONT).orElseThrow();
      assertThat(version(kept)).isEqualTo(courier.latest());
    }
  }

  private static int version(Facts facts) {
    return facts
        .courier()
        .flatMap(entry -> entry.courier().screening().expiresAt())
        .map(at -> (int) Duration.between(BEGINNING, at).toSeconds())
        .orElse(-1);
  }

  /** Answered or failed, as those are whose line was cut. */
  private static void ended(CompletableFuture<?> asked) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(asked::isDone);
  }

  /** When it was asked, and the oldest version that is an answer. */
  private record Asked(long nanos, int least) {}

  /** What was written of one courier, and when. */
  private static final class Versions {
    final CourierId id;
    private final List<Long> writtenAtNanos = new ArrayList<>();
    private volatile long flushedAtNanos;
    private volatile boolean flushing;
    private int latest = -1;

    Versions(CourierId id) {
      this.id = id;
      flushedAtNanos = System.nanoTime();
    }

    synchronized int next() {
      return writtenAtNanos.size();
    }

    synchronized void written(int version) {
      writtenAtNanos.add(System.nanoTime());
      latest = version;
    }

    synchronized int latest() {
      return latest;
    }

    /** The newest version that was written at least so long ago. */
    synchronized int knownFor(Duration age) {
      long before = System.nanoTime() - age.toNanos();
      int version = latest;
      while (version >= 0 && writtenAtNanos.get(version) - before > 0) {
        version--;
      }
      return version;
    }

    void flushing() {
      flushing = true;
    }

    /** And written again. */
    void flushed() {
      flushedAtNanos = System.nanoTime();
      flushing = false;
    }

    /** Or so shortly before that it need not be known. */
    boolean flushedSince(long nanos) {
      return flushing || flushedAtNanos - (nanos - AGE_MAX.toNanos()) > 0;
    }
  }
}
