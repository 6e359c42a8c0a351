package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.Premises;
import io.vestibule.access.Site;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.config.CacheConfig;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import io.vestibule.store.ChangeListener;
import io.vestibule.store.Keys;
import io.vestibule.store.Store;
import io.vestibule.time.Time;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what decisions stand on in memory while Redis tells, without a gap and proven of late, what
 * has changed; and in Redis itself at any other time.
 */
@AnyThread
public final class NearCachedDirectory implements FactFinder, ChangeListener {
  private static final double NANOS_PER_SECOND = 1e9;

  private final EntrySource redis;
  private final CachedEntries.Tallies tallies;
  private final Meters meters;
  private final Time time;
  private final long bytesMax;
  private final long ageMaxNanos;
  private final DirectoryWatcher watcher;
  private final Guesses guesses;
  // Written on the loop that is told of changes, read on all; null while there is a gap.
  private volatile @Nullable CachedEntries cached;

  /** What it stands on. */
  public record Parts(Store store, Meters meters, Time time, Guesses guesses) {}

  /** As {@link Parts}, with entries from wherever. */
  record Source(EntrySource entries, Meters meters, Time time, Guesses guesses) {}

  public NearCachedDirectory(Parts parts, CacheConfig config, DirectoryWatcher watcher) {
    this(
        new Source(
            new RedisEntrySource(parts.store(), parts.meters(), parts.time()),
            parts.meters(),
            parts.time(),
            parts.guesses()),
        config,
        watcher);
  }

  NearCachedDirectory(Source source, CacheConfig config, DirectoryWatcher watcher) {
    this.redis = source.entries();
    this.meters = source.meters();
    this.tallies = CachedEntries.Tallies.of(meters);
    this.time = source.time();
    this.guesses = source.guesses();
    this.bytesMax = config.bytesMax();
    this.ageMaxNanos = config.ageMax().toNanos();
    this.watcher = watcher;
    gauges();
  }

  @Override
  public Optional<Facts> known(CourierId courier, DoorId door) {
    CachedEntries now = believed();
    return now == null ? Optional.empty() : Optional.ofNullable(now.known(courier, door));
  }

  @Override
  public Future<Facts> find(CourierId courier, DoorId door) {
    CachedEntries now = believed();
    return now == null ? read(courier, door) : gather(now, courier, door);
  }

  /** What was gathered counts only if all of it is still kept: a part of it may have changed. */
  private Future<Facts> gather(CachedEntries from, CourierId courier, DoorId door) {
    return together(from, courier, door)
        .compose(
            gathered -> {
              Facts kept = believed() == from ? from.kept(courier, door) : null;
              return kept == null ? read(courier, door) : Future.succeededFuture(kept);
            });
  }

  /** From Redis, all of it sent at once: again if the door was not guessed to be where it is. */
  private Future<Facts> read(CourierId courier, DoorId door) {
    Optional<BuildingId> guess = guesses.find(door);
    return together(redis, courier, door)
        .compose(
            facts ->
                facts.premises().map(there -> there.door().building()).equals(guess)
                        || facts.premises().isEmpty()
                    ? Future.succeededFuture(facts)
                    : together(redis, courier, door));
  }

  private Future<Facts> together(EntrySource source, CourierId courier, DoorId door) {
    Future<Optional<CourierEntry>> who = source.courier(courier);
    Future<Optional<Premises>> where = premises(source, door);
    return Future.join(who, where).map(both -> Facts.of(who.result(), where.result()));
  }

  /** To be called for each key that this process wrote, before anybody is told of it. */
  @Override
  public void changed(String key) {
    Optional<DoorId> door = Keys.readDoor(key);
    CachedEntries now = cached;
    if (now != null) {
      Keys.readCourier(key).ifPresent(now::invalidate);
      door.ifPresent(now::invalidate);
      Keys.readBuilding(key).ifPresent(now::invalidate);
      Keys.readLockdown(key).ifPresent(now::invalidate);
    }
    door.ifPresent(watcher::doorChanged);
    if (Keys.readLockdown(key).isPresent()) {
      watcher.lockdownChanged();
    }
  }

  @Override
  public void standing() {
    cached = new CachedEntries(new CachedEntries.Parts(redis, tallies, bytesMax, time));
    // Of what changed in the gap before, nothing was told.
    watcher.lockdownChanged();
    watcher.anyDoorChanged();
  }

  @Override
  public void lost() {
    cached = null;
    meters.count(Count.CACHE_EMPTIED, "tracking_lost");
  }

  @Override
  public void allChanged() {
    standing();
    meters.count(Count.CACHE_EMPTIED, "all_changed");
  }

  @Override
  public void provenAt(long nanos) {
    CachedEntries now = cached;
    if (now != null) {
      now.provenAt(nanos);
    }
  }

  /** Whether decisions stand on memory now; else each reads Redis. */
  public boolean fromMemory() {
    return believed() != null;
  }

  /** Null where what is in memory may not be believed. */
  private @Nullable CachedEntries believed() {
    CachedEntries now = cached;
    // Subtract before comparing: nanoTime may wrap.
    return now != null && time.nanoTime() - now.provenAtNanos() <= ageMaxNanos ? now : null;
  }

  /** The door, and the building that it is guessed to stand in, are asked for together. */
  private Future<Optional<Premises>> premises(EntrySource source, DoorId id) {
    Future<Optional<Door>> door = source.door(id);
    Optional<BuildingId> guess = guesses.find(id);
    Future<Optional<Site>> guessed =
        guess.map(source::site).orElseGet(() -> Future.succeededFuture(Optional.empty()));
    return door.compose(
        found -> {
          if (found.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
          }
          BuildingId building = found.get().building();
          guesses.learn(id, building);
          Future<Optional<Site>> site =
              guess.filter(building::equals).isPresent() ? guessed : source.site(building);
          return site.map(there -> there.map(where -> new Premises(found.get(), where)));
        });
  }

  private void gauges() {
    for (Kind kind : Kind.values()) {
      meters.gauge(
          Gauge.CACHE_ENTRIES, () -> ofCached(entries -> entries.count(kind)), kind.code());
      meters.gauge(Gauge.CACHE_SIZE, () -> ofCached(entries -> entries.bytes(kind)), kind.code());
    }
    meters.gauge(Gauge.CACHE_STANDING, () -> believed() == null ? 0 : 1);
    meters.gauge(
        Gauge.POLICY_AGE,
        () -> ofCached(entries -> (time.nanoTime() - entries.provenAtNanos()) / NANOS_PER_SECOND));
  }

  private Number ofCached(Function<CachedEntries, Number> value) {
    CachedEntries now = cached;
    return now == null ? 0 : value.apply(now);
  }
}
