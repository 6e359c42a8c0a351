package io.vestibule.command;

import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.cluster.Answer;
import io.vestibule.cluster.Ask;
import io.vestibule.cluster.NodeName;
import io.vestibule.cluster.Recall;
import io.vestibule.cluster.Requests;
import io.vestibule.cluster.Said;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.concurrent.Timers;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commands the doors of this node for others, each unlock at the most once. Whatever is asked, the
 * door obeys the gateway's signature alone.
 */
@LoopConfined
public final class RemoteCommands implements Requests {
  /** Commands live for five seconds; clocks of gateways differ. */
  private static final Duration LIFE_MAX = Duration.ofSeconds(10);

  /** Longer than any command that is taken. */
  private static final long REMEMBERED_NANOS = LIFE_MAX.multipliedBy(2).toNanos();

  private static final int REMEMBERED_MAX = 1 << 18;

  private final Doors local;
  private final BiPredicate<DoorId, Long> holds;
  private final Answers answers;
  private final SignsOfLife signs;
  private final Meters meters;
  private final Time time;
  private final Consumer<Answer> unheard;
  private final int rememberedMax;

  /** When each unlock was asked for, oldest first. */
  private final Map<UnlockId, Long> askedNanos = new LinkedHashMap<>();

  private final AtomicInteger underwayCount = new AtomicInteger();

  /** Sends answers to those who asked. */
  @FunctionalInterface
  public interface Answers {
    /** True where it was heard; fails only with {@link io.vestibule.store.StoreUnavailable}. */
    Future<Boolean> answer(NodeName asker, Answer answer);
  }

  /**
   * What it stands on.
   *
   * @param holds whether the door has a session here under that epoch
   * @param unheard hears of a door's word that did not reach who asked
   */
  public record Parts(
      Doors local,
      BiPredicate<DoorId, Long> holds,
      Answers answers,
      Timers timers,
      Meters meters,
      Time time,
      Consumer<Answer> unheard) {}

  public RemoteCommands(Parts parts) {
    this(parts, REMEMBERED_MAX);
  }

  RemoteCommands(Parts parts, int rememberedMax) {
    this.local = parts.local();
    this.holds = parts.holds();
    this.answers = parts.answers();
    this.signs = new SignsOfLife(parts.answers(), parts.timers(), parts.time());
    this.meters = parts.meters();
    this.time = parts.time();
    this.unheard = parts.unheard();
    this.rememberedMax = rememberedMax;
  }

  /** Commands that wait for a door of this node. May be called from anywhere. */
  public int underwayCount() {
    return underwayCount.get();
  }

  @Override
  public void asked(Ask ask) {
    Optional<CommandClaims> read = CommandClaims.read(ask.jws());
    if (read.isEmpty()) {
      meters.count(Count.NODE_MESSAGES_DROPPED, "malformed");
      return;
    }
    CommandClaims claims = read.get();
    Optional<Said> hindrance = hindrance(ask, claims);
    if (hindrance.isPresent()) {
      answer(ask.from(), answer(ask.id(), claims, hindrance.get(), time.now()));
    } else {
      command(ask, claims);
    }
  }

  @Override
  public void recalled(Recall recall) {
    forgetOld();
    if (askedNanos.containsKey(recall.unlock())) {
      // Its answer has been sent, heard or not, or will be once the door has spoken.
      signs.give(recall);
      return;
    }
    if (askedNanos.size() >= rememberedMax) {
      meters.count(Count.NODE_MESSAGES_DROPPED, "full");
      // It could not be kept from being commanded, should the command come yet.
      signs.give(recall);
      return;
    }
    // From now on it is never commanded here, should the command come yet.
    remember(recall.unlock());
    answer(recall.from(), recall.answer(Said.OFFLINE, time.now()));
  }

  /** Why the door is not commanded; each of these means that nothing is written now. */
  private Optional<Said> hindrance(Ask ask, CommandClaims claims) {
    Instant now = time.now();
    forgetOld();
    if (askedNanos.containsKey(claims.unlock())) {
      meters.count(Count.NODE_MESSAGES_DROPPED, "repeated");
      return Optional.of(Said.UNKNOWN); // It may have been written then.
    }
    if (!now.isBefore(claims.expiresAt()) || claims.expiresAt().isAfter(now.plus(LIFE_MAX))) {
      meters.count(Count.NODE_MESSAGES_DROPPED, "expired");
      return Optional.of(Said.BUSY);
    }
    if (!holds.test(claims.door(), ask.epoch())) {
      return Optional.of(Said.NOT_OWNER);
    }
    if (askedNanos.size() >= rememberedMax) {
      meters.count(Count.NODE_MESSAGES_DROPPED, "full");
      return Optional.of(Said.BUSY);
    }
    return Optional.empty();
  }

  private void command(Ask ask, CommandClaims claims) {
    remember(claims.unlock());
    underwayCount.incrementAndGet();
    local
        .send(
            new UnlockCommand(
                claims.unlock(),
                claims.door(),
                ask.jws(),
                Duration.between(time.now(), claims.expiresAt()),
                ask.ackTimeout(),
                () -> {}))
        .onComplete((result, bug) -> ended(ask, claims, result));
  }

  private void ended(Ask ask, CommandClaims claims, @Nullable CommandResult result) {
    underwayCount.decrementAndGet();
    Instant now = time.now();
    answer(
        ask.from(),
        result == null
            ? answer(ask.id(), claims, Said.UNKNOWN, now)
            : result.match(
                opened -> answer(ask.id(), claims, Said.OPENED, opened.at()),
                refused -> answer(ask.id(), claims, Said.REFUSED, now),
                unsent -> answer(ask.id(), claims, said(unsent.cause()), now),
                unknown -> answer(ask.id(), claims, Said.UNKNOWN, now)));
  }

  private static Said said(CommandResult.Unsent.Cause cause) {
    return switch (cause) {
      case OFFLINE -> Said.OFFLINE;
      case BUSY -> Said.BUSY;
    };
  }

  private static Answer answer(long id, CommandClaims claims, Said said, Instant at) {
    return new Answer(id, claims.door(), claims.unlock(), said, at);
  }

  private void answer(NodeName asker, Answer answer) {
    answers
        .answer(asker, answer)
        .onComplete(
            (heard, failure) -> {
              if (answer.said().byDoor() && (heard == null || !heard)) {
                unheard.accept(answer);
              }
            });
  }

  private void remember(UnlockId unlock) {
    askedNanos.put(unlock, time.nanoTime());
  }

  private void forgetOld() {
    long now = time.nanoTime();
    Iterator<Long> oldest = askedNanos.values().iterator();
    // Subtract before comparing: nanoTime may wrap.
    while (oldest.hasNext() && now - oldest.next() > REMEMBERED_NANOS) {
      oldest.remove();
    }
  }
}
