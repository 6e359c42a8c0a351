package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RunningPhaseTest {
  private static final int OK = 200;
  private static final String OPENED = "{\"state\":\"opened\"}";
  private static final String OFFLINE = "{\"reason\":\"door_offline\"}";
  private static final Duration LENGTH = Duration.ofMillis(100);
  private static final long MS = 1_000_000;

  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final AtomicLong nanos = new AtomicLong(-50 * MS);
  private final List<Caller.Call> calls = new ArrayList<>();
  private final Set<Integer> away = new HashSet<>();
  private final CompletableFuture<PhaseTally> done = new CompletableFuture<>();
  private Segments segments;
  private RunningPhase phase;

  @BeforeEach
  void begin() {
    loop.freezeTime();
    segments =
        new Segments(
            Traffic.Phase.steady(LENGTH, 100, 1),
            new Itinerary(new City(new City.Size(20, 1, 20)), 1));
    phase =
        new RunningPhase(
            new RunningPhase.Parts(
                loop.eventLoop(), calls::add, (door, since) -> away.contains(door), nanos::get),
            segments,
            done);
  }

  @AfterEach
  void end() {
    segments.close();
    loop.close();
  }

  @Test
  void eachRequest_isSentWhenItIsDue_andTimedFromThen() throws Exception {
    List<Long> due = due();
    phase.begin(LENGTH);

    for (long one : due) {
      pass(one - elapsed());
      assertThat(calls.get(calls.size() - 1).due()).isEqualTo(one - 50 * MS);
    }
    assertThat(calls).hasSameSizeAs(due);
    pass(200 * MS);
    calls.forEach(call -> phase.answered(call, OK, OPENED));

    PhaseTally tally = done.get(0, TimeUnit.SECONDS);
    assertThat(tally.openedCount()).isEqualTo(due.size());
    assertThat(tally.lateness().percentileMs(100)).isLessThan(0.01);
    assertThat(tally.latencies().percentileMs(100))
        .isCloseTo((elapsed() - due.get(0)) / 1e6, within(0.5));
  }

  @Test
  void aGeneratorThatIsLate_sendsAllTheSame_andSaysSo() throws Exception {
    phase.begin(LENGTH);
    pass(LENGTH.toNanos());
    assertThat(calls).hasSameSizeAs(due());

    calls.forEach(call -> phase.answered(call, OK, OPENED));

    PhaseTally tally = done.get(0, TimeUnit.SECONDS);
    double late = (LENGTH.toNanos() - due().get(0)) / 1e6;
    assertThat(tally.lateness().percentileMs(100)).isCloseTo(late, within(0.1));
    assertThat(tally.latencies().percentileMs(100)).isCloseTo(late, within(0.1));
  }

  @Test
  void aRefusal_isNoFailure_whereTheGeneratorHadTakenTheDoorAway() throws Exception {
    phase.begin(LENGTH);
    pass(LENGTH.toNanos());
    away.add(calls.get(0).door());

    phase.answered(calls.get(0), 409, OFFLINE);
    phase.answered(calls.get(1), 409, OFFLINE);
    phase.lost(calls.get(2), Outcomes.CONNECTION_LOST);
    calls.subList(3, calls.size()).forEach(call -> phase.answered(call, OK, OPENED));

    PhaseTally tally = done.get(0, TimeUnit.SECONDS);
    assertThat(tally.absentCount()).isEqualTo(1);
    assertThat(tally.failures())
        .containsOnly(entry("door_offline", 1), entry("connection lost", 1));
    assertThat(tally.openedCount()).isEqualTo(calls.size() - 3);
  }

  @Test
  void anotherFailure_isOne_whereverTheDoorIs() throws Exception {
    phase.begin(LENGTH);
    pass(LENGTH.toNanos());
    calls.forEach(call -> away.add(call.door()));

    calls.forEach(call -> phase.answered(call, 503, "{\"reason\":\"store_unavailable\"}"));

    PhaseTally tally = done.get(0, TimeUnit.SECONDS);
    assertThat(tally.failures()).containsOnly(entry("store_unavailable", calls.size()));
  }

  @Test
  void whatHasNoAnswerInTime_isAFailure_andTooLateForOne() throws Exception {
    phase.begin(LENGTH);
    pass(LENGTH.toNanos());
    calls.subList(2, calls.size()).forEach(call -> phase.answered(call, OK, OPENED));
    assertThat(done).isNotDone();

    pass(RunningPhase.PATIENCE.toNanos() - 1);
    assertThat(done).isNotDone();
    pass(1);

    PhaseTally tally = done.get(0, TimeUnit.SECONDS);
    assertThat(tally.failures()).containsOnly(entry("no answer", 2));
    phase.answered(calls.get(0), OK, OPENED);
    assertThat(tally.openedCount()).isEqualTo(calls.size() - 2);
  }

  /** In nanoseconds from the start. */
  private static List<Long> due() {
    Arrivals arrivals = Arrivals.steady(100, 1);
    List<Long> due = new ArrayList<>();
    for (long next = arrivals.next(); next < LENGTH.toNanos(); next = arrivals.next()) {
      due.add(next);
    }
    assertThat(due).hasSizeGreaterThan(4);
    return due;
  }

  private long elapsed() {
    return nanos.get() + 50 * MS;
  }

  private void pass(long time) {
    nanos.addAndGet(time);
    loop.advanceTimeBy(time, TimeUnit.NANOSECONDS);
    loop.runScheduledPendingTasks();
  }
}
