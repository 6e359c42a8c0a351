package io.vestibule.directory;

import com.github.benmanes.caffeine.cache.Interner;
import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.Courier;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.Site;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that was read since Redis began to tell of changes without a gap; a gap ends it, and another
 * begins empty.
 */
@AnyThread
final class CachedEntries implements EntrySource {
  private final NearCache<CourierId, CourierEntry> couriers;
  private final NearCache<DoorId, Door> doors;
  private final NearCache<BuildingId, Site> sites;
  private final Tallies tallies;
  // A carrier's name stands once in memory, however many couriers it has.
  private final Interner<CarrierId> carriers = Interner.newWeakInterner();
  private volatile long provenAtNanos;

  /** What it stands on, and how many bytes it may hold in all. */
  record Parts(EntrySource source, Tallies tallies, long bytesMax, Time time) {}

  /** Of each kind. */
  record Tallies(CacheTallies couriers, CacheTallies doors, CacheTallies sites) {
    static Tallies of(Meters meters) {
      return new Tallies(
          new CacheTallies(meters, Kind.COURIER),
          new CacheTallies(meters, Kind.DOOR),
          new CacheTallies(meters, Kind.BUILDING));
    }
  }

  CachedEntries(Parts parts) {
    EntrySource source = parts.source();
    Time time = parts.time();
    tallies = parts.tallies();
    provenAtNanos = time.nanoTime();
    couriers =
        new NearCache<>(
            id -> source.courier(id).map(found -> found.map(this::shared)),
            Weights.couriers(parts.bytesMax()),
            tallies.couriers(),
            time);
    doors =
        new NearCache<>(
            id -> source.door(id).map(found -> found.map(this::shared)),
            Weights.doors(parts.bytesMax()),
            tallies.doors(),
            time);
    sites = new NearCache<>(source::site, Weights.sites(parts.bytesMax()), tallies.sites(), time);
  }

  /** Null unless all of it is in memory. Counts what was found. */
  @Nullable Facts known(CourierId courier, DoorId door) {
    Facts kept = kept(courier, door);
    if (kept != null) {
      tallies.couriers().found();
      tallies.doors().found();
      if (kept.premises().isPresent()) {
        tallies.sites().found();
      }
    }
    return kept;
  }

  /** As {@link #known}, and nothing is counted. */
  @Nullable Facts kept(CourierId courier, DoorId door) {
    CourierEntry who = couriers.present(courier);
    Door what = doors.present(door);
    Site where = what == null ? null : sites.present(what.building());
    boolean whole =
        (who != null || couriers.absent(courier))
            && (what == null ? doors.absent(door) : where != null || sites.absent(what.building()));
    return whole ? new Facts(who, what, where) : null;
  }

  @Override
  public Future<Optional<CourierEntry>> courier(CourierId courier) {
    return couriers.find(courier);
  }

  @Override
  public Future<Optional<Door>> door(DoorId door) {
    return doors.find(door);
  }

  @Override
  public Future<Optional<Site>> site(BuildingId building) {
    return sites.find(building);
  }

  void invalidate(CourierId courier) {
    couriers.invalidate(courier);
  }

  void invalidate(DoorId door) {
    doors.invalidate(door);
  }

  void invalidate(BuildingId building) {
    sites.invalidate(building);
  }

  /** When all changes made until then had been told, on the monotonic clock. */
  long provenAtNanos() {
    return provenAtNanos;
  }

  void provenAt(long nanos) {
    provenAtNanos = nanos;
  }

  long count(Kind kind) {
    return cache(kind).count();
  }

  long bytes(Kind kind) {
    return cache(kind).bytes();
  }

  private NearCache<?, ?> cache(Kind kind) {
    return switch (kind) {
      case BUILDING -> sites;
      case DOOR -> doors;
      case COURIER -> couriers;
    };
  }

  private CourierEntry shared(CourierEntry entry) {
    Courier courier = entry.courier();
    return new CourierEntry(
        new Courier(
            courier.id(),
            carriers.intern(courier.carrier()),
            courier.screening(),
            courier.status()),
        entry.keys());
  }

  /** The building's name as its site has it. */
  private Door shared(Door door) {
    Site site = sites.present(door.building());
    return site == null
        ? door
        : new Door(door.id(), site.policy().id(), door.status(), door.hold());
  }
}
