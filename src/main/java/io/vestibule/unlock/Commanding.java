package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.access.Door;
import io.vestibule.access.Reason;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandSigner;
import io.vestibule.command.Doors;
import io.vestibule.command.UnlockCommand;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.config.UnlockConfig;
import io.vestibule.directory.Directory;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Outcome;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands a door for a claimed attempt, once, and puts the outcome on record. */
@AnyThread
final class Commanding {
  private static final Logger LOG = LoggerFactory.getLogger(Commanding.class);

  /** How long a door may act on a command, by the clock in its signature. */
  private static final Duration COMMAND_LIFE = Duration.ofSeconds(5);

  private final Parts parts;
  private final UnlockConfig config;
  private final AtomicLong lockdownCount = new AtomicLong();

  /** What commanding needs of the others. */
  record Parts(
      Directory directory, Doors doors, CommandSigner signer, Closing closing, Time time) {}

  Commanding(Parts parts, UnlockConfig config) {
    this.parts = parts;
    this.config = config;
  }

  /** Lockdowns begun so far; an attempt that saw fewer before it was decided must look again. */
  long lockdownCount() {
    return lockdownCount.get();
  }

  void lockdownChanged() {
    lockdownCount.incrementAndGet();
  }

  /**
   * Commands the door, unless its building was locked down since the claim was sent or the
   * attempt's time is over.
   *
   * @return the outcome on record; fails only with {@link StoreUnavailable}
   */
  Future<Outcome> run(Claimed claimed) {
    return lockedDownSince(claimed)
        .compose(
            lockedDown -> lockedDown ? refused(Reason.LOCKDOWN) : commandInTime(claimed),
            outage -> refused(Reason.STORE_UNAVAILABLE))
        .otherwise(bug -> bug(claimed.attempt(), bug))
        .compose(outcome -> close(claimed, outcome));
  }

  /** An attempt that is on record and not yet commanded. */
  record Claimed(
      Attempt attempt, Door door, Journey journey, Deadline deadline, long lockdownsSeen) {}

  private Future<Boolean> lockedDownSince(Claimed claimed) {
    if (lockdownCount.get() == claimed.lockdownsSeen()) {
      return Future.succeededFuture(false);
    }
    return parts
        .directory()
        .premises(claimed.door().id())
        // A door that has gone meanwhile is not opened either.
        .map(
            found ->
                found
                    .map(premises -> premises.site().lockedDownAt(parts.time().now()))
                    .orElse(true));
  }

  /** The claim, or the look at the lockdown, may have used up the attempt's time. */
  private Future<Outcome> commandInTime(Claimed claimed) {
    return claimed.deadline().passed() ? refused(Reason.STORE_UNAVAILABLE) : command(claimed);
  }

  private Future<Outcome> command(Claimed claimed) {
    Attempt attempt = claimed.attempt();
    Door door = claimed.door();
    claimed.journey().enter(Stage.COMMAND);
    String jws =
        parts
            .signer()
            .sign(attempt.unlock(), door.id(), parts.time().now(), COMMAND_LIFE, door.hold());
    Duration ackTimeout = claimed.deadline().leftAtMost(config.ackTimeout());
    return parts
        .doors()
        .send(
            new UnlockCommand(
                attempt.unlock(),
                door.id(),
                jws,
                COMMAND_LIFE,
                ackTimeout,
                () -> claimed.journey().enter(Stage.ACK)))
        .map(result -> outcome(attempt, result));
  }

  private Future<Outcome> close(Claimed claimed, Outcome outcome) {
    claimed.journey().enter(Stage.OUTCOME);
    return parts.closing().close(claimed.attempt(), outcome, claimed.deadline());
  }

  /** Something may have been sent before it failed. */
  private Outcome bug(Attempt attempt, Throwable bug) {
    LOG.error("unlock {} met a bug", attempt.unlock(), bug);
    return new Outcome.Unknown(parts.time().now());
  }

  private Outcome outcome(Attempt attempt, CommandResult result) {
    Instant now = parts.time().now();
    return result.match(
        opened -> new Outcome.Opened(between(attempt.claimedAt(), opened.at(), now)),
        refused -> new Outcome.Refused(Reason.DOOR_REFUSED, now),
        unsent ->
            switch (unsent.cause()) {
              case OFFLINE -> new Outcome.Refused(Reason.DOOR_OFFLINE, now);
              case BUSY -> new Outcome.Refused(Reason.OVERLOADED, now);
            },
        unknown -> new Outcome.Unknown(now));
  }

  /** A door's clock may be wrong; it opened after the claim and before its ack was read. */
  private static Instant between(Instant from, Instant at, Instant to) {
    if (at.isBefore(from)) {
      return from;
    }
    return at.isAfter(to) ? to : at;
  }

  private Future<Outcome> refused(Reason reason) {
    return Future.succeededFuture(new Outcome.Refused(reason, parts.time().now()));
  }
}
