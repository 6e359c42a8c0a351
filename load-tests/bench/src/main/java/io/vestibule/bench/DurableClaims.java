package io.vestibule.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Status;
import io.vestibule.config.Durability;
import io.vestibule.config.Rate;
import io.vestibule.config.RedisConfig;
import io.vestibule.directory.CachedTown;
import io.vestibule.grant.Claim;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Grant;
import io.vestibule.grant.RedisClaims;
import io.vestibule.grant.RedisGrants;
import io.vestibule.signing.Sha256;
import io.vestibule.store.RedisStore;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * How long does a claim take, and how many fit in a second, where it must be in one place or in
 * two? {@code REDIS-PORT DURABILITY COUNT}; prints {@code name=value} lines. Redis is started, with
 * its replica or its file, by whoever asks.
 */
public final class DurableClaims {
  private static final int AT_ONCE = 64;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Context loop = Vertx.vertx().getOrCreateContext();
  private final Time time = Time.system();
  private final RedisStore store;
  private final RedisClaims claims;
  private final Building home = home();
  private final Grant grant = grant(time.now());
  private int next;

  private DurableClaims(int port, Durability durability) {
    store =
        new RedisStore(
            loop.owner(),
            new RedisConfig(
                RedisConfig.Mode.STANDALONE,
                List.of("redis://127.0.0.1:" + port),
                false,
                durability),
            time,
            CachedTown.meters());
    claims = new RedisClaims(store, time, new Rate(1_000_000, Duration.ofSeconds(1)), () -> {});
  }

  public static void main(String[] args) {
    Durability durability = Durability.valueOf(args[1].toUpperCase(Locale.ROOT));
    DurableClaims bench = new DurableClaims(Integer.parseInt(args[0]), durability);
    int count = Integer.parseInt(args[2]);
    bench.nanos(bench.store::connect);
    bench.nanos(() -> bench.store.command("FLUSHALL"));
    bench.nanos(
        () -> new RedisGrants(bench.store, bench.time).create(bench.grant, bench.home, "swift"));
    bench.alone(count);
    bench.perSecond(count);
    bench.alone(count);
    bench.perSecond(count);
    System.exit(0);
  }

  /** Microseconds of each, one after the other. */
  private void alone(int count) {
    long[] all = new long[count];
    for (int number = 0; number < count; number++) {
      all[number] = nanos(this::claim);
    }
    Arrays.sort(all);
    System.out.println("claim.p50=" + all[count / 2] / NANOS_PER_MICRO);
    System.out.println("claim.p99=" + all[count * 99 / 100] / NANOS_PER_MICRO);
  }

  private void perSecond(int count) {
    long took = nanos(this::chains);
    for (int done = AT_ONCE; done < count; done += AT_ONCE) {
      took += nanos(this::chains);
    }
    System.out.println("claims.per.second=" + count / (took / NANOS_PER_SECOND));
  }

  /** As many as wait at once, started together. */
  private Future<?> chains() {
    List<Future<Void>> all = new ArrayList<>();
    for (int chain = 0; chain < AT_ONCE; chain++) {
      all.add(claim());
    }
    return Future.all(all);
  }

  private Future<Void> claim() {
    String jti = "jti-" + next++;
    Instant now = time.now();
    Claim claim =
        new Claim(
            claims.unlockId(home.id(), grant.courier(), jti),
            Sha256.base64Url(jti),
            new Claim.Who(grant.courier(), grant.carrier()),
            new Claim.Where(grant.door(), home.id(), home.retentionDays()),
            grant.id(),
            Optional.of(grant.parcels().get(0)),
            true,
            now,
            now.plusSeconds(8));
    return claims
        .claim(claim)
        .compose(
            result ->
                result instanceof ClaimResult.Claimed
                    ? Future.succeededFuture()
                    : Future.failedFuture("not claimed: " + result));
  }

  /** On the loop, from the call to its answer there. */
  private long nanos(Supplier<Future<?>> work) {
    CompletableFuture<Long> took = new CompletableFuture<>();
    loop.runOnContext(
        start -> {
          long from = System.nanoTime();
          work.get()
              .onSuccess(answer -> took.complete(System.nanoTime() - from))
              .onFailure(took::completeExceptionally);
        });
    return took.join();
  }

  private static Grant grant(Instant now) {
    Instant from = Instant.ofEpochMilli(now.toEpochMilli());
    return new Grant(
        new GrantId("g-1"),
        new CarrierId("swift"),
        new CourierId("c-1"),
        new DoorId("elm-12-front"),
        List.of(Sha256.base64Url("parcel")),
        new Grant.Window(from, from.plusSeconds(3_600)),
        new Grant.Uses(100, Duration.ofMinutes(15)));
  }

  private static Building home() {
    return new Building(
        new BuildingId("elm-12"),
        new ManagerId("homes"),
        ZoneId.of("Europe/Berlin"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Status.ACTIVE,
        90);
  }
}
