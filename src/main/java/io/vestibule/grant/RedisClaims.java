package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.config.Rate;
import io.vestibule.signing.Sha256;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import io.vestibule.store.Reply;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Claims as scripts, each over the keys of one building's shard. */
@AnyThread
public final class RedisClaims implements Claims {
  /** The gateway that made a claim closes it by its deadline; so long after, it is gone. */
  private static final Duration OVERDUE_AFTER = Duration.ofSeconds(2);

  /** 132 of the hash's 256 bits. */
  private static final int HASH_DIGITS = 22;

  /** Longer than the attempt's own record, which ends 24 h after the attempt. */
  private static final Duration JTI_KEPT = Duration.ofHours(25);

  private static final int SWEEP_COUNT_MAX = 100;

  private final RedisStore store;
  private final Time time;
  private final Rate ratePerDoor;

  /** Tells this run of this gateway from all others. */
  private final String node = UUID.randomUUID().toString();

  public RedisClaims(RedisStore store, Time time, Rate ratePerDoor) {
    this.store = store;
    this.time = time;
    this.ratePerDoor = ratePerDoor;
  }

  /** Its shard is in it, so that the record is found by the id alone. */
  @Override
  public UnlockId unlockId(BuildingId building, CourierId courier, String jti) {
    return new UnlockId("u" + Keys.shard(building) + digits(courier, jti));
  }

  /**
   * The script sees one building's shard; that the {@code jti} was not used in another is asked
   * beside it, in the same round trip. A claim that should not have been made is closed again,
   * uncommanded.
   */
  @Override
  public Future<ClaimResult> claim(Claim claim) {
    Future<Optional<String>> before = firstUse(claim);
    Future<ClaimResult> result =
        store
            .eval(
                ClaimScript.SCRIPT,
                ClaimScript.keys(claim),
                ClaimScript.arguments(claim, ratePerDoor, OVERDUE_AFTER, claimant(claim.at())))
            .map(ClaimScript::result);
    return Future.join(before, result)
        .compose(
            both -> {
              Optional<UnlockId> elsewhere =
                  before.result().map(UnlockId::new).filter(id -> !id.equals(claim.unlock()));
              return elsewhere.isPresent()
                  ? usedElsewhere(claim, elsewhere.get(), result.result())
                  : usedHere(claim, before.result().isEmpty(), result.result());
            });
  }

  /** Takes the {@code jti} for this attempt, or tells which attempt has it. */
  private Future<Optional<String>> firstUse(Claim claim) {
    long life = Duration.between(claim.at(), claim.deadline()).plus(JTI_KEPT).toMillis();
    String unlock = claim.unlock().text();
    return store
        .command("SET", jtiKey(claim), unlock, "NX", "GET", "PX", Long.toString(life))
        .map(Reply::optionalText);
  }

  private Future<ClaimResult> usedHere(Claim claim, boolean first, ClaimResult result) {
    return result.match(
        Future::succeededFuture,
        onRecord -> settled(onRecord.attempt()).map(ClaimResult.OnRecord::new),
        denied ->
            // Nothing is on record, so the courier may use it again.
            (first ? store.command("DEL", jtiKey(claim)) : Future.<Reply>succeededFuture())
                .compose(
                    released ->
                        denied.reason() == Reason.UNKNOWN_GRANT
                            ? elsewhere(claim, denied)
                            : Future.succeededFuture(denied)));
  }

  private Future<ClaimResult> usedElsewhere(Claim claim, UnlockId other, ClaimResult result) {
    Future<Optional<Attempt>> recorded = attempt(other);
    ClaimResult replayed = new ClaimResult.Denied(Reason.REPLAYED, Duration.ZERO);
    Future<ClaimResult> answer =
        recorded.map(
            found ->
                found
                    .filter(attempt -> attempt.requestHash().equals(claim.requestHash()))
                    .<ClaimResult>map(ClaimResult.OnRecord::new)
                    .orElse(replayed));
    return result.match(
        claimed -> close(claim.attempt(), replay(claim)).compose(closed -> answer),
        onRecord -> settled(onRecord.attempt()).map(ClaimResult.OnRecord::new),
        denied -> denied.reason() == Reason.LOCKDOWN ? Future.succeededFuture(denied) : answer);
  }

  private Outcome replay(Claim claim) {
    return new Outcome.Refused(Reason.REPLAYED, claim.at());
  }

  @Override
  public Future<Outcome> close(Attempt attempt, Outcome outcome) {
    String claimant = claimant(attempt.claimedAt());
    List<String> args = CloseScript.arguments(attempt, outcome, time.now(), claimant);
    return store
        .eval(CloseScript.SCRIPT, CloseScript.keys(attempt), args)
        .map(CloseScript::outcome);
  }

  @Override
  public Future<Optional<Attempt>> attempt(CourierId courier, String jti) {
    return store
        .command("GET", Keys.jti(digits(courier, jti)))
        .compose(
            reply ->
                reply
                    .optionalText()
                    .map(unlock -> attempt(new UnlockId(unlock)))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty())));
  }

  @Override
  public Future<Optional<Attempt>> attempt(UnlockId unlock) {
    return Keys.shard(unlock)
        .map(shard -> attempt(shard, unlock))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  /**
   * Closes attempts of a shard that are overdue, the oldest first and at most 100.
   *
   * @return how many it found
   */
  public Future<Integer> closeOverdue(int shardIndex) {
    String shard = Keys.shard(shardIndex);
    String until = Long.toString(time.now().minus(OVERDUE_AFTER).toEpochMilli() - 1);
    String countMax = Integer.toString(SWEEP_COUNT_MAX);
    return store
        .command("ZRANGEBYSCORE", Keys.pending(shard), "-inf", until, "LIMIT", "0", countMax)
        .compose(
            found -> {
              List<Future<Void>> closing = new ArrayList<>();
              found.list().forEach(id -> closing.add(sweep(shard, new UnlockId(id.text()))));
              return Future.join(closing).map(found.list().size());
            });
  }

  private Future<Void> sweep(String shard, UnlockId unlock) {
    return attempt(shard, unlock)
        .compose(
            attempt ->
                attempt.isPresent()
                    ? Future.succeededFuture()
                    : store.command("ZREM", Keys.pending(shard), unlock.text()).mapEmpty());
  }

  private Future<Optional<Attempt>> attempt(String shard, UnlockId unlock) {
    return store
        .command("HGETALL", Keys.attempt(shard, unlock))
        .compose(
            reply -> {
              Map<String, String> fields = reply.fields();
              return fields.isEmpty()
                  ? Future.succeededFuture(Optional.empty())
                  : settled(AttemptFields.read(fields)).map(Optional::of);
            });
  }

  /** Closes the attempt first if the gateway that made it did not live to do so. */
  private Future<Attempt> settled(Attempt attempt) {
    Instant overdue = attempt.deadline().plus(OVERDUE_AFTER);
    if (attempt.outcome().isPresent() || !time.now().isAfter(overdue)) {
      return Future.succeededFuture(attempt);
    }
    return close(attempt, new Outcome.Unknown(attempt.deadline())).map(attempt::withOutcome);
  }

  /** A gateway has one claim for the same bytes at a time, so node and time tell all apart. */
  private String claimant(Instant claimedAt) {
    return node + ":" + claimedAt.toEpochMilli();
  }

  private static String digits(CourierId courier, String jti) {
    return Sha256.base64Url(courier + "\n" + jti).substring(0, HASH_DIGITS);
  }

  private static String jtiKey(Claim claim) {
    String unlock = claim.unlock().text();
    return Keys.jti(unlock.substring(unlock.length() - HASH_DIGITS));
  }

  /** A grant that is not where the door is may be another building's. */
  private Future<ClaimResult> elsewhere(Claim claim, ClaimResult.Denied denied) {
    return RedisGrants.building(store, claim.grant())
        .map(
            building ->
                building.filter(other -> !other.equals(claim.where().building())).isPresent()
                    ? new ClaimResult.Denied(Reason.GRANT_MISMATCH, Duration.ZERO)
                    : denied);
  }
}
