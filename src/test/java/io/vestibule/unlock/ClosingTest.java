package io.vestibule.unlock;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.GrantId;
import io.vestibule.access.UnlockId;
import io.vestibule.concurrent.Timers;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claim;
import io.vestibule.grant.Outcome;
import io.vestibule.metrics.Meters;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.SimTime;
import io.vestibule.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class ClosingTest {
  private static final Duration LIFE = Duration.ofSeconds(8);
  private static final Outcome OPENED = new Outcome.Opened(Instant.EPOCH);

  private record Wait(Duration length, Promise<Void> over) {}

  private final SimTime time = new SimTime();
  private final Queue<Wait> waits = new ArrayDeque<>();
  private final FlowStage.ScriptedClaims claims = new FlowStage.ScriptedClaims();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Closing closing = closing(1);

  @Test
  void storeBackBeforeTheDeadline_theWaitEndsWithWhatIsOnRecord() {
    claims.onClose = ClosingTest::away;
    Future<Outcome> closed = close();
    passUntil(Duration.ofSeconds(7));
    assertThat(closed.isComplete()).isFalse();

    claims.onClose = Future::succeededFuture;
    pass();

    assertThat(closed.result()).isEqualTo(OPENED);
    assertThat(waits).isEmpty();
  }

  @Test
  void storeBackWithinAMinuteAfter_theOutcomeIsPutOnRecordAllTheSame() {
    claims.onClose = ClosingTest::away;
    Future<Outcome> closed = close();
    passUntil(LIFE.plusSeconds(50));
    assertThat(closed.cause()).isInstanceOf(StoreUnavailable.class);
    assertThat(backlog()).isEqualTo(1);

    claims.onClose = Future::succeededFuture;
    pass();

    assertThat(claims.closed).containsExactly(OPENED);
    assertThat(waits).isEmpty();
    assertThat(lostCount()).isZero();
    assertThat(backlog()).isZero();
  }

  @Test
  void storeAwayForLonger_theOutcomeIsGivenUpAndCounted() {
    claims.onClose = ClosingTest::away;
    close();

    passUntil(LIFE.plusSeconds(62));

    assertThat(waits).isEmpty();
    assertThat(lostCount()).isEqualTo(1);
    assertThat(backlog()).isZero();
  }

  @Test
  void moreThanMayBeKept_theSurplusIsGivenUpAtOnce_andRoomComesBack() {
    claims.onClose = ClosingTest::away;
    Deadline over = time.deadlineIn(Duration.ZERO);
    closing.close(attempt(), OPENED, over);
    closing.close(attempt(), OPENED, over);
    assertThat(lostCount()).isEqualTo(1);

    claims.onClose = Future::succeededFuture;
    pass();
    claims.onClose = ClosingTest::away;
    closing.close(attempt(), OPENED, over);

    assertThat(lostCount()).isEqualTo(1);
    assertThat(waits).hasSize(1);
  }

  @Test
  void bug_isNotTriedAgain() {
    claims.onClose = outcome -> Future.failedFuture(new IllegalStateException("bug"));

    assertThat(close().cause()).isInstanceOf(IllegalStateException.class);
    assertThat(waits).isEmpty();
  }

  private Closing closing(int lateCountMax) {
    Timers timers =
        length -> {
          Promise<Void> over = Promise.promise();
          waits.add(new Wait(length, over));
          return over.future();
        };
    return new Closing(new Closing.Parts(timers, claims, new Meters(registry), time), lateCountMax);
  }

  private Future<Outcome> close() {
    return closing.close(attempt(), OPENED, time.deadlineIn(LIFE));
  }

  /** The next wait is over. */
  private void pass() {
    Wait next = waits.remove();
    time.advance(next.length());
    next.over().complete();
  }

  private void passUntil(Duration later) {
    Deadline until = time.deadlineIn(later);
    while (!until.passed() && !waits.isEmpty()) {
      pass();
    }
  }

  private double backlog() {
    return registry.get("vestibule.audit.backlog").tag("what", "outcome").gauge().value();
  }

  private double lostCount() {
    return registry.get("vestibule.unlock.outcomes.lost").counter().count();
  }

  private static Future<Outcome> away(Outcome outcome) {
    return Future.failedFuture(FlowStage.outage());
  }

  private static Attempt attempt() {
    return new Attempt(
        new UnlockId("u-1"),
        "hash",
        new Claim.Who(new CourierId("ana"), new CarrierId("swift")),
        new Claim.Where(FlowStage.DOOR, FlowStage.BUILDING, 90),
        new GrantId("grant-1"),
        Instant.EPOCH,
        Instant.EPOCH.plus(LIFE),
        Optional.empty());
  }
}
