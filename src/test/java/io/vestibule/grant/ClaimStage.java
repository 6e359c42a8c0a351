package io.vestibule.grant;

import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Reason;
import io.vestibule.access.Status;
import io.vestibule.access.UnlockId;
import io.vestibule.config.Rate;
import io.vestibule.signing.Sha256;
import io.vestibule.store.Keys;
import io.vestibule.testing.RedisFixture;
import io.vestibule.testing.SimTime;
import io.vestibule.testing.StoreFixture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A building with a grant and a courier, and claims on them, in Redis or in the simulated one. */
final class ClaimStage implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  static final Instant END = START.plus(Duration.ofHours(12));
  static final BuildingId ELM = new BuildingId("elm-12");
  static final DoorId DOOR = new DoorId("elm-12-front");
  static final Claim.Who WHO = new Claim.Who(new CourierId("c-1"), new CarrierId("swift"));
  static final String PARCEL = Sha256.base64Url("parcel 1");
  static final Duration DEADLINE = Duration.ofSeconds(8);

  final StoreFixture fixture;
  final SimTime time = new SimTime(START);
  final RedisClaims claims;
  final RedisGrants grants;

  /** Attempts that were closed as unknown for want of their gateway. */
  final AtomicInteger overdue = new AtomicInteger();

  private int jtiCount;

  ClaimStage() throws IOException {
    this(new RedisFixture());
  }

  ClaimStage(StoreFixture fixture) {
    this.fixture = fixture;
    claims = claims(new Rate(15, Duration.ofMinutes(1)));
    grants = new RedisGrants(fixture.store, time);
  }

  RedisClaims claims(Rate rate) {
    return new RedisClaims(fixture.store, time, rate, overdue::incrementAndGet);
  }

  static Building building(BuildingId id) {
    return new Building(
        id,
        new ManagerId("homes"),
        ZoneId.of("Europe/Berlin"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Status.ACTIVE,
        90);
  }

  static Grant grant(String id, int usesMax, Duration grace) {
    return new Grant(
        new GrantId(id),
        WHO.carrier(),
        WHO.courier(),
        DOOR,
        List.of(Sha256.base64Url("parcel 0"), PARCEL),
        new Grant.Window(START, END),
        new Grant.Uses(usesMax, grace));
  }

  boolean create(Grant grant) {
    return fixture.loop.call(() -> grants.create(grant, building(ELM), "swift"));
  }

  GrantState state(String grant) {
    return fixture.loop.call(() -> grants.find(new GrantId(grant))).orElseThrow();
  }

  int used(String grant) {
    return state(grant).usedCount();
  }

  /** A claim of bytes of its own. */
  Claim fresh(String grant) {
    return fresh("jti-" + ++jtiCount, grant);
  }

  Claim fresh(String jti, String grant) {
    UnlockId unlock = claims.unlockId(ELM, WHO.courier(), jti);
    return new Claim(
        unlock,
        Sha256.base64Url(jti),
        WHO,
        new Claim.Where(DOOR, ELM, 90),
        new GrantId(grant),
        Optional.of(PARCEL),
        true,
        time.now(),
        time.now().plus(DEADLINE));
  }

  /** A claim at a door of another building, under a grant for that. */
  Claim inOak(String jti, String grant, String bytes) {
    BuildingId oak = new BuildingId("oak-3");
    DoorId door = new DoorId("oak-3-front");
    Grant there =
        new Grant(
            new GrantId(grant),
            WHO.carrier(),
            WHO.courier(),
            door,
            List.of(PARCEL),
            new Grant.Window(START, END),
            new Grant.Uses(5, Duration.ZERO));
    fixture.loop.call(() -> grants.create(there, building(oak), "swift"));
    return new Claim(
        claims.unlockId(oak, WHO.courier(), jti),
        Sha256.base64Url(bytes),
        WHO,
        new Claim.Where(door, oak, 90),
        there.id(),
        Optional.of(PARCEL),
        true,
        time.now(),
        time.now().plus(DEADLINE));
  }

  ClaimResult claim(Claim claim) {
    return fixture.loop.call(() -> claims.claim(claim));
  }

  /** {@code claimed}, {@code on_record} or the reason. */
  String claimed(Claim claim) {
    return claim(claim)
        .match(claimed -> "claimed", onRecord -> "on_record", denied -> denied.reason().code());
  }

  /** The attempt of a claim that must succeed. */
  Attempt opened(String grant) {
    Attempt attempt = pending(grant);
    close(attempt, new Outcome.Opened(time.now()));
    return attempt;
  }

  Attempt pending(String grant) {
    Claim claim = fresh(grant);
    String result = claimed(claim);
    if (!result.equals("claimed")) {
      throw new AssertionError(result);
    }
    return fixture.loop.call(() -> claims.attempt(claim.unlock())).orElseThrow();
  }

  Outcome close(Attempt attempt, Outcome outcome) {
    return fixture.loop.call(() -> claims.close(attempt, outcome));
  }

  Outcome refuse(Attempt attempt) {
    return close(attempt, new Outcome.Refused(Reason.DOOR_REFUSED, time.now()));
  }

  Optional<Attempt> find(UnlockId unlock) {
    return fixture.loop.call(() -> claims.attempt(unlock));
  }

  List<String> records() {
    return fixture.records(Keys.audit(ELM));
  }

  long pendingCount() {
    return fixture.command("ZCARD", Keys.pending(Keys.shard(ELM))).number();
  }

  @Override
  public void close() {
    fixture.close();
  }
}
