package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.config.Rate;
import io.vestibule.metrics.Tally;
import io.vestibule.signing.Base64Url;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Store;
import io.vestibule.time.Time;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Claims as scripts, each over the keys of one building's shard. */
@AnyThread
public final class RedisClaims implements Claims {
  /** The gateway that made a claim closes it by its deadline; so long after, it is gone. */
  private static final Duration OVERDUE_AFTER = Duration.ofSeconds(2);

  private static final int SWEEP_COUNT_MAX = 100;
  private static final int CLAIMANT_SIZE = 12;

  /**
   * 132 of the 256 bits: Redis keeps an attempt in half the memory if no value is over 64 bytes.
   */
  private static final int CLAIMANT_HASH_DIGITS = 22;

  private final Store store;
  private final Time time;
  private final Rate ratePerDoor;
  private final Tally overdue;

  /** Tells the claims made here from those of the same bytes made elsewhere. */
  private final String claimant = random();

  /**
   * @param overdue attempts whose gateway did not live to close them, each told by who closes it
   */
  public RedisClaims(Store store, Time time, Rate ratePerDoor, Tally overdue) {
    this.store = store;
    this.time = time;
    this.ratePerDoor = ratePerDoor;
    this.overdue = overdue;
  }

  /** Its shard is in it, so that the record is found by the id alone. */
  @Override
  public UnlockId unlockId(BuildingId building, CourierId courier, String jti) {
    return new UnlockId("u" + Keys.shard(building) + JtiUse.digits(courier, jti));
  }

  /**
   * The script sees one building's shard; that the {@code jti} was not used in another is asked
   * beside it, in the same round trip. A claim that should not have been made is closed again,
   * uncommanded.
   */
  @Override
  public Future<ClaimResult> claim(Claim claim) {
    JtiUse own = JtiUse.of(claim);
    Future<Optional<JtiUse>> before = own.take(store);
    Future<ClaimResult> result =
        store
            .evalDurably(
                ClaimScript.SCRIPT,
                ClaimScript.keys(claim),
                ClaimScript.arguments(claim, ratePerDoor, OVERDUE_AFTER, claimant(claim.attempt())))
            .map(store.reading("claim", ClaimScript::result));
    return Future.join(before, result)
        .compose(
            both -> {
              Optional<UnlockId> elsewhere =
                  before.result().map(JtiUse::unlock).filter(id -> !id.equals(claim.unlock()));
              return elsewhere.isPresent()
                  ? usedElsewhere(claim, elsewhere.get(), result.result())
                  : usedHere(claim, own, before.result().isEmpty(), result.result());
            });
  }

  private Future<ClaimResult> usedHere(Claim claim, JtiUse own, boolean first, ClaimResult result) {
    return result.match(
        claimed ->
            // Whoever took it before, in this building, may be denied and give it up.
            first
                ? Future.succeededFuture(result)
                : own.takeOver(store)
                    .compose(
                        other ->
                            other.isPresent()
                                ? usedElsewhere(claim, other.get().unlock(), result)
                                : Future.succeededFuture(result)),
        onRecord -> settled(onRecord.attempt()).map(ClaimResult.OnRecord::new),
        denied ->
            // Nothing is on record, so the courier may use it again.
            (first ? own.release(store) : Future.<Void>succeededFuture())
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
    return closing(attempt, outcome).map(store.reading("close", CloseScript::outcome));
  }

  private Future<Reply> closing(Attempt attempt, Outcome outcome) {
    List<String> args = CloseScript.arguments(attempt, outcome, time.now(), claimant(attempt));
    return store.evalDurably(CloseScript.SCRIPT, CloseScript.keys(attempt), args);
  }

  @Override
  public Future<Optional<Attempt>> attempt(CourierId courier, String jti) {
    return store
        .command("GET", Keys.jti(JtiUse.digits(courier, jti)))
        .map(store.reading("jti", (Reply use) -> JtiUse.read(use)))
        .compose(
            use ->
                use.map(found -> attempt(found.unlock()))
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
              found.list().forEach(entry -> closing.add(sweep(shard, entry.text())));
              return Future.join(closing).map(found.list().size());
            });
  }

  private Future<Void> sweep(String shard, String text) {
    Optional<PendingEntry> entry = PendingEntry.parse(text);
    if (entry.isEmpty()) {
      return forget(shard, text); // No gateway made it.
    }
    return attempt(shard, entry.get().unlock())
        .compose(
            attempt -> {
              if (attempt.isEmpty()) {
                return entry.get().closeLost(store, time.now()).map(this::counted);
              }
              // By a clock that was set back it is not overdue any more.
              return attempt.get().outcome().isPresent()
                  ? forget(shard, text)
                  : Future.succeededFuture();
            });
  }

  private Future<Void> forget(String shard, String pending) {
    return store.commandDurably("ZREM", Keys.pending(shard), pending).mapEmpty();
  }

  private Future<Optional<Attempt>> attempt(String shard, UnlockId unlock) {
    return store
        .command("HGETALL", Keys.attempt(shard, unlock))
        .map(Reply::fields)
        .map(store.reading("attempt " + unlock, RedisClaims::present))
        .compose(
            found ->
                found
                    .map(attempt -> settled(attempt).map(Optional::of))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty())));
  }

  private static Optional<Attempt> present(Map<String, String> fields) {
    return fields.isEmpty() ? Optional.empty() : Optional.of(AttemptFields.read(fields));
  }

  /** Closes the attempt first if the gateway that made it did not live to do so. */
  private Future<Attempt> settled(Attempt attempt) {
    Instant overdue = attempt.deadline().plus(OVERDUE_AFTER);
    if (attempt.outcome().isPresent() || !time.now().isAfter(overdue)) {
      return Future.succeededFuture(attempt);
    }
    return closing(attempt, new Outcome.Unknown(attempt.deadline()))
        .onSuccess(reply -> counted(CloseScript.first(reply)))
        .map(store.reading("close", CloseScript::outcome))
        .map(attempt::withOutcome);
  }

  /** Of several who find it overdue one closes it. */
  private @Nullable Void counted(boolean closed) {
    if (closed) {
      overdue.add();
    }
    return null;
  }

  private static String random() {
    byte[] bytes = new byte[CLAIMANT_SIZE];
    new SecureRandom().nextBytes(bytes);
    return Base64Url.encode(bytes);
  }

  /** Other bytes with the same name may be claimed at the same moment; the same bytes are not. */
  private String claimant(Attempt attempt) {
    String hash = attempt.requestHash();
    String bytes = hash.substring(0, Math.min(hash.length(), CLAIMANT_HASH_DIGITS));
    return claimant + ":" + attempt.claimedAt().toEpochMilli() + ":" + bytes;
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
