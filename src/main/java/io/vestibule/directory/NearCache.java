package io.vestibule.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Loop;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one kind in memory, each read once and kept until it is invalidated. What was being
 * read then is answered to those who asked before and kept for nobody.
 */
@AnyThread
final class NearCache<K, V> {
  /** Keys of one stripe share a stamp: that of a neighbour costs a read, never a stale entry. */
  private static final int STRIPE_COUNT = 1 << 12;

  /** How many may wait for reads of others; one more fails at once. */
  private static final int JOINED_COUNT_MAX = 16_384;

  private static final int ABSENT_COUNT_MAX = 10_000;
  private static final Duration ABSENT_KEPT = Duration.ofSeconds(5);

  private final Function<K, Future<Optional<V>>> source;
  private final CacheTallies tallies;
  private final Cache<K, V> entries;
  private final Cache<K, Boolean> absent;
  private final ConcurrentMap<K, Future<Optional<V>>> loading = new ConcurrentHashMap<>();
  private final AtomicInteger joined = new AtomicInteger();
  private final AtomicIntegerArray stamps = new AtomicIntegerArray(STRIPE_COUNT);

  /** How much may be kept, in bytes as the weigher counts them. */
  record Bound<K, V>(long bytesMax, Weigher<K, V> weigher) {}

  NearCache(
      Function<K, Future<Optional<V>>> source, Bound<K, V> bound, CacheTallies tallies, Time time) {
    this.source = source;
    this.tallies = tallies;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(bound.bytesMax())
            .weigher(bound.weigher())
            .evictionListener((key, value, cause) -> tallies.evicted())
            // Upkeep is a few microseconds now and then; no thread of others is woken for it.
            .executor(Runnable::run)
            .build();
    this.absent =
        Caffeine.newBuilder()
            .maximumSize(ABSENT_COUNT_MAX)
            .expireAfterWrite(ABSENT_KEPT)
            .ticker(time::nanoTime)
            .executor(Runnable::run)
            .build();
  }

  /** Null where it is not in memory. Is not counted. */
  @Nullable V present(K key) {
    return entries.getIfPresent(key);
  }

  /** Whether it is in memory that there is none. Is not counted. */
  boolean absent(K key) {
    return absent.getIfPresent(key) != null;
  }

  /**
   * From memory, else by the one read of this key that is under way. To be asked on an event loop;
   * completes on the caller's context and fails only with what the source fails with.
   */
  Future<Optional<V>> find(K key) {
    V present = present(key);
    if (present != null || absent(key)) {
      tallies.found();
      return Future.succeededFuture(Optional.ofNullable(present));
    }
    Loop.current().check();
    tallies.missed();
    Promise<Optional<V>> first = Promise.promise();
    Future<Optional<V>> underway = loading.putIfAbsent(key, first.future());
    return underway == null ? load(key, first) : join(underway);
  }

  private Future<Optional<V>> join(Future<Optional<V>> underway) {
    if (joined.incrementAndGet() > JOINED_COUNT_MAX) {
      joined.decrementAndGet();
      return Future.failedFuture(
          new StoreUnavailable(
              "near cache", new IllegalStateException("too many wait for a read")));
    }
    return Loop.onCaller(underway).onComplete(ended -> joined.decrementAndGet());
  }

  /** To be called for each change of the key, before anybody is told that it was made. */
  void invalidate(K key) {
    tallies.invalidated();
    // The stamp moves first: a load that was compared before it is removed below, a later one
    // fails.
    stamps.incrementAndGet(stripe(key));
    entries.invalidate(key);
    absent.invalidate(key);
    // Who asks from now on must not wait for what was read before.
    loading.remove(key);
  }

  /** As the weigher counts them. */
  long bytes() {
    return entries.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  long count() {
    return entries.estimatedSize();
  }

  private Future<Optional<V>> load(K key, Promise<Optional<V>> first) {
    tallies.loaded();
    // Taken before the read is sent.
    int stamp = stamps.get(stripe(key));
    return source
        .apply(key)
        .onSuccess(
            value -> {
              if (!kept(key, stamp, value)) {
                tallies.notKept();
              }
            })
        .onComplete(done -> loading.remove(key, first.future()))
        .onComplete(first);
  }

  private boolean kept(K key, int stamp, Optional<V> value) {
    return value.isPresent()
        ? put(entries, key, stamp, value.get())
        : put(absent, key, stamp, Boolean.TRUE);
  }

  private <T> boolean put(Cache<K, T> into, K key, int stamp, T value) {
    T kept =
        into.asMap().compute(key, (same, old) -> stamps.get(stripe(key)) == stamp ? value : old);
    return kept == value;
  }

  private static int stripe(Object key) {
    int hash = key.hashCode();
    return (hash ^ hash >>> 12 ^ hash >>> 22) & STRIPE_COUNT - 1;
  }
}
