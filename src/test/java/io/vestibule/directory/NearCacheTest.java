package io.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.metrics.Meters;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.SimTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NearCacheTest {
  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final OnLoop otherLoop = new OnLoop(vertx);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SimTime time = new SimTime();
  private final Queue<Promise<Optional<String>>> reads = new ArrayDeque<>();
  private final NearCache<String, String> cache = cache(1_000_000);

  @AfterEach
  void close() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void whatWasRead_isInMemory_andReadNoMore() {
    assertThat(find("a", "1")).contains("1");

    assertThat(cache.present("a")).isEqualTo("1");
    assertThat(find("a")).contains("1");
    assertThat(reads).isEmpty();
    assertThat(counted("hits")).isEqualTo(1);
    assertThat(counted("misses")).isEqualTo(1);
    assertThat(counted("loads")).isEqualTo(1);
  }

  @Test
  void missesAtOnce_onAnyLoop_areOneRead() {
    List<CompletableFuture<Optional<String>>> answers = new ArrayList<>();
    for (int count = 0; count < 20; count++) {
      answers.add((count % 2 == 0 ? loop : otherLoop).start(() -> cache.find("a")));
    }
    settle();

    assertThat(reads).hasSize(1);
    answer("1");
    for (CompletableFuture<Optional<String>> answer : answers) {
      assertThat(OnLoop.await(answer)).contains("1");
    }
    assertThat(counted("misses")).isEqualTo(20);
    assertThat(counted("loads")).isEqualTo(1);
  }

  @Test
  void aReadThatFails_failsAllWhoWait_andTheNextReadsAgain() {
    CompletableFuture<Optional<String>> first = loop.start(() -> cache.find("a"));
    CompletableFuture<Optional<String>> second = otherLoop.start(() -> cache.find("a"));
    settle();
    reads.remove().fail(new StoreUnavailable("GET", new IllegalStateException("gone")));

    assertThat(first).failsWithin(Duration.ofSeconds(10));
    assertThat(second).failsWithin(Duration.ofSeconds(10));
    assertThat(find("a", "1")).contains("1");
  }

  @Test
  void aChangeWhileItIsRead_keepsNothing_andWhoAsksAfterItReadsAnew() {
    CompletableFuture<Optional<String>> before = loop.start(() -> cache.find("a"));
    settle();
    cache.invalidate("a");
    CompletableFuture<Optional<String>> after = loop.start(() -> cache.find("a"));
    settle();
    assertThat(reads).hasSize(2);

    answer("old");
    assertThat(OnLoop.await(before)).contains("old");
    assertThat(cache.present("a")).isNull();

    answer("new");
    assertThat(OnLoop.await(after)).contains("new");
    assertThat(cache.present("a")).isEqualTo("new");
    assertThat(counted("loads.dropped")).isEqualTo(1);
  }

  @Test
  void aChangeWhileItIsRead_keepsNoAbsenceEither() {
    CompletableFuture<Optional<String>> before = loop.start(() -> cache.find("a"));
    settle();
    cache.invalidate("a");
    reads.remove().complete(Optional.empty());

    assertThat(OnLoop.await(before)).isEmpty();
    assertThat(cache.absent("a")).isFalse();
  }

  @Test
  void whatIsNotThere_isKeptShort_andGoesWhenItIsMade() {
    assertThat(find("a", Optional.empty())).isEmpty();
    assertThat(find("a")).isEmpty();
    assertThat(cache.absent("a")).isTrue();

    time.advance(Duration.ofSeconds(6));
    assertThat(cache.absent("a")).isFalse();

    assertThat(find("a", Optional.empty())).isEmpty();
    cache.invalidate("a");
    assertThat(cache.absent("a")).isFalse();
    assertThat(find("a", "1")).contains("1");
  }

  @Test
  void whatIsNotThere_isBounded() {
    for (int count = 0; count < 25_000; count++) {
      find("a" + count, Optional.empty());
    }

    long kept = 0;
    for (int count = 0; count < 25_000; count++) {
      kept += cache.absent("a" + count) ? 1 : 0;
    }
    assertThat(kept).isBetween(1L, 10_000L);
  }

  @Test
  void overItsBound_itGivesUpOthers_andCountsThem() {
    NearCache<String, String> small = cache(1_000);
    for (int count = 0; count < 50; count++) {
      String key = "a" + count;
      CompletableFuture<Optional<String>> answer = loop.start(() -> small.find(key));
      settle();
      answer("1");
      OnLoop.await(answer);
    }

    assertThat(small.bytes()).isBetween(1L, 1_000L);
    assertThat(small.count()).isEqualTo(small.bytes() / 100);
    assertThat(counted("evictions")).isEqualTo(50.0 - small.count());
  }

  private Optional<String> find(String key) {
    return loop.call(() -> cache.find(key));
  }

  private Optional<String> find(String key, String value) {
    return find(key, Optional.of(value));
  }

  private Optional<String> find(String key, Optional<String> value) {
    CompletableFuture<Optional<String>> answer = loop.start(() -> cache.find(key));
    settle();
    reads.remove().complete(value);
    return OnLoop.await(answer);
  }

  private void answer(String value) {
    reads.remove().complete(Optional.of(value));
  }

  /** Both loops have done what they were given so far. */
  private void settle() {
    loop.call(Future::succeededFuture);
    otherLoop.call(Future::succeededFuture);
  }

  private double counted(String what) {
    return registry.get("vestibule.cache." + what).tag("kind", "door").counter().count();
  }

  /** Each entry counts as 100 bytes. */
  private NearCache<String, String> cache(long bytesMax) {
    return new NearCache<>(
        key -> {
          Promise<Optional<String>> read = Promise.promise();
          synchronized (reads) {
            reads.add(read);
          }
          return read.future();
        },
        new NearCache.Bound<>(bytesMax, (key, value) -> 100),
        new CacheTallies(new Meters(registry), Kind.DOOR),
        time);
  }
}
