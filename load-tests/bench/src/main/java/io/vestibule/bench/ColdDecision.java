package io.vestibule.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.AccessRequest;
import io.vestibule.access.CourierId;
import io.vestibule.access.Decision;
import io.vestibule.access.DoorId;
import io.vestibule.access.Policy;
import io.vestibule.config.CacheConfig;
import io.vestibule.config.RedisConfig;
import io.vestibule.directory.CachedTown;
import io.vestibule.directory.Facts;
import io.vestibule.directory.Guesses;
import io.vestibule.directory.NearCachedDirectory;
import io.vestibule.directory.TownDocuments;
import io.vestibule.directory.TownSize;
import io.vestibule.signing.Algorithm;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import io.vestibule.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * What does a decision ask of Redis when nothing of it is in memory, and how long does that take
 * beside one plain GET? {@code REDIS-PORT COUNT}; prints {@code name=value} lines.
 */
public final class ColdDecision {
  private static final TownSize SIZE = TownSize.MILLION_DOORS;
  private static final TownDocuments DOCUMENTS =
      new TownDocuments(SIZE, CourierKeys.make(Algorithm.EDDSA, 1).jwks());
  private static final Instant AT = TownDocuments.workingHour(new Random(1));
  private static final long BYTES_MAX = 1L << 30;
  private static final int COUNTED = 20;
  private static final double NANOS_PER_MICRO = 1e3;

  private final Context loop = Vertx.vertx().getOrCreateContext();
  private final RedisStore store;
  private final NearCachedDirectory directory;

  /** A gateway's directory, empty and told of changes, before the Redis on that port. */
  private ColdDecision(int port) {
    List<String> endpoints = List.of("redis://127.0.0.1:" + port);
    store =
        new RedisStore(
            loop.owner(),
            new RedisConfig(RedisConfig.Mode.STANDALONE, endpoints, false),
            Time.system(),
            CachedTown.meters());
    directory =
        new NearCachedDirectory(
            new NearCachedDirectory.Parts(store, CachedTown.meters(), Time.system(), new Guesses()),
            new CacheConfig(BYTES_MAX, Duration.ofDays(1)),
            new CachedTown.Nobody());
    directory.standing();
    nanos(store::connect);
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    int count = Integer.parseInt(args[1]);
    ColdDecision direct = new ColdDecision(port);
    direct.fill(count);
    try (RoundTrips trips = new RoundTrips(port)) {
      ColdDecision counted = new ColdDecision(trips.port());
      print("trips.new", counted.trips(trips));
      counted.directory.standing();
      print("trips.emptied", counted.trips(trips));
    }
    print("p50.new", p50(count, direct::decide));
    direct.directory.standing();
    print("p50.emptied", p50(count, direct::decide));
    print("p50.get", p50(count, direct::get));
    System.exit(0);
  }

  private void fill(int count) {
    for (int number = 0; number < count; number++) {
      DoorId door = TownDocuments.door(number);
      CourierId courier = TownDocuments.courier(number);
      set(Keys.door(door), DOCUMENTS.door(door));
      set(Keys.courier(courier), DOCUMENTS.courier(courier));
      set(Keys.building(DOCUMENTS.buildingOf(door)), DOCUMENTS.building());
    }
  }

  private void set(String key, String text) {
    nanos(() -> store.command("SET", key, text));
  }

  /** The median: on a busy machine the rest of a question may come after the first answer. */
  private int trips(RoundTrips passing) {
    int[] all = new int[COUNTED];
    for (int number = 0; number < COUNTED; number++) {
      int before = passing.count();
      decide(number);
      all[number] = passing.count() - before;
    }
    Arrays.sort(all);
    return all[COUNTED / 2];
  }

  /** How long it took, in nanoseconds. */
  private int decide(int number) {
    CourierId courier = TownDocuments.courier(number);
    DoorId door = TownDocuments.door(number);
    return nanos(() -> directory.find(courier, door).map(ColdDecision::granted));
  }

  private int get(int number) {
    String key = Keys.door(TownDocuments.door(number));
    return nanos(() -> store.command("GET", key));
  }

  private static Decision granted(Facts facts) {
    AccessRequest request =
        new AccessRequest(
            facts.courier().orElseThrow().courier(), Optional.of(TownDocuments.PLACE), AT);
    Decision decision = Policy.decide(request, facts.premises().orElseThrow());
    if (decision instanceof Decision.Granted) {
      return decision;
    }
    throw new IllegalStateException("a visit that is in order is not granted");
  }

  /** On the loop, from the call to its answer there. */
  private int nanos(Supplier<Future<?>> work) {
    CompletableFuture<Integer> took = new CompletableFuture<>();
    loop.runOnContext(
        start -> {
          long from = System.nanoTime();
          work.get()
              .onSuccess(answer -> took.complete((int) (System.nanoTime() - from)))
              .onFailure(took::completeExceptionally);
        });
    return took.join();
  }

  /** Microseconds; the first half warms up. */
  private static double p50(int count, IntUnaryOperator nanos) {
    int[] all = new int[count];
    for (int number = 0; number < count; number++) {
      all[number] = nanos.applyAsInt(number);
    }
    int[] warm = Arrays.copyOfRange(all, count / 2, count);
    Arrays.sort(warm);
    return warm[warm.length / 2] / NANOS_PER_MICRO;
  }

  private static void print(String name, double value) {
    System.out.println(name + "=" + value);
  }
}
