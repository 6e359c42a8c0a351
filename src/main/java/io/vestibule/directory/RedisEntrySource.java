package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.BuildingPolicy;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.Site;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Store;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads entries from Redis each time. What is under a key and cannot be read denies by itself: a
 * courier or a door is not known then, a building shows no consent, and a lockdown has no end.
 */
@AnyThread
final class RedisEntrySource implements EntrySource {
  private static final Logger LOG = LoggerFactory.getLogger(RedisEntrySource.class);
  private static final int LOGGED_LENGTH_MAX = 200;
  private static final Duration LOGGED_EVERY = Duration.ofSeconds(5);

  private final Store store;
  private final Meters meters;
  private final LimitedLog log;

  RedisEntrySource(Store store, Meters meters, Time time) {
    this.store = store;
    this.meters = meters;
    this.log = new LimitedLog(LOG, time, LOGGED_EVERY);
  }

  @Override
  public Future<Optional<CourierEntry>> courier(CourierId courier) {
    return read(
        new Place<>("courier", Keys.courier(courier), Optional.empty()),
        text ->
            Entries.parse(
                text,
                (json, faults) -> CourierDocument.parse(courier, Optional.empty(), json, faults)));
  }

  @Override
  public Future<Optional<Door>> door(DoorId door) {
    return read(
        new Place<>("door", Keys.door(door), Optional.empty()),
        text -> DoorDocument.readStored(door, text).map(DoorEntry::door));
  }

  @Override
  public Future<Optional<Site>> site(BuildingId building) {
    Future<Optional<BuildingPolicy>> policy =
        read(
            new Place<>(
                "building",
                Keys.building(building),
                Optional.of(BuildingPolicy.unreadable(building))),
            text -> policy(building, text));
    Future<Optional<Instant>> lockedUntil =
        read(
            new Place<>("lockdown", Keys.lockdown(building), Optional.of(Instant.MAX)),
            text -> Optional.of(Lockdown.parse(text).until().orElse(Instant.MAX)));
    return Future.join(policy, lockedUntil)
        .map(
            both ->
                policy
                    .result()
                    .map(known -> new Site(known, lockedUntil.result().orElse(Instant.MIN))));
  }

  private static Optional<BuildingPolicy> policy(BuildingId building, String text) {
    Building read =
        Entries.parse(
                text,
                (json, faults) -> BuildingDocument.parse(building, Optional.empty(), json, faults))
            .orElseThrow();
    return Optional.of(BuildingPolicy.of(read));
  }

  private <T> Future<Optional<T>> read(Place<T> place, Function<String, Optional<T>> parse) {
    return store
        .command("GET", place.key())
        .map(Reply::optionalText)
        .map(text -> text.flatMap(parse))
        .recover(
            failure -> {
              boolean foreign = failure instanceof StoreUnavailable away && away.foreignType();
              return foreign || failure instanceof UnreadableEntry
                  ? Future.succeededFuture(unreadable(place, failure))
                  : Future.failedFuture(failure);
            });
  }

  private <T> Optional<T> unreadable(Place<T> place, Throwable failure) {
    meters.count(Count.DIRECTORY_UNREADABLE, place.kind());
    log.warn(
        () ->
            place.key()
                + " cannot be read, and lets nobody in until it is mended or deleted in Redis: "
                + printable(failure.getMessage()));
    return place.unreadable();
  }

  /** It may quote what strangers wrote. */
  private static String printable(@Nullable String message) {
    String text = String.valueOf(message);
    return text.substring(0, Math.min(text.length(), LOGGED_LENGTH_MAX))
        .replaceAll("\\p{Cntrl}", "?");
  }

  /** A key, and what stands for a value there that cannot be read. */
  private record Place<T>(String kind, String key, Optional<T> unreadable) {}
}
