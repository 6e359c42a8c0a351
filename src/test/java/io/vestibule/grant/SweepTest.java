package io.vestibule.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.metrics.Meters;
import io.vestibule.store.FailureCause;
import io.vestibule.store.Keys;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final Duration ROUND = Duration.ofSeconds(10);

  private record Wait(Duration length, Promise<Void> over) {}

  private final SimTime time = new SimTime();
  private final Instant start = time.now();
  private final Queue<Wait> waits = new ArrayDeque<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Integer> swept = new ArrayList<>();
  private IntFunction<Future<?>> work = shard -> Future.succeededFuture();
  private final Sweep sweep =
      new Sweep(
          new Sweep.Parts(
              length -> {
                Promise<Void> over = Promise.promise();
                waits.add(new Wait(length, over));
                return over.future();
              },
              new Meters(registry),
              time),
          ROUND,
          List.of(
              new Sweep.Chore(
                  "overdue",
                  shard -> {
                    swept.add(shard);
                    return work.apply(shard);
                  })));

  @Test
  void round_goesThroughEachShardOnce_inAboutItsTime() {
    sweep.start();

    passRound();

    assertThat(swept).hasSize(Keys.SHARD_COUNT).isSorted().doesNotHaveDuplicates();
    assertThat(Duration.between(start, time.now())).isBetween(ROUND.minusSeconds(1), ROUND);
  }

  @Test
  void roundDone_isTimedByItsWorkAlone_andTold() {
    work =
        shard -> {
          time.advance(Duration.ofMillis(1));
          return Future.succeededFuture();
        };
    sweep.start();
    assertThat(lastDone()).isEqualTo(start.toEpochMilli() / 1e3);

    passRound();

    assertThat(timer("done").count()).isEqualTo(1);
    assertThat(timer("done").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(Keys.SHARD_COUNT);
    assertThat(timer("failed").count()).isZero();
    assertThat(lastDone()).isEqualTo(time.now().toEpochMilli() / 1e3);
  }

  @Test
  void roundInWhichAnyShardFailed_isNotDone_andTheNextMayBe() {
    work = shard -> shard == 700 ? Future.failedFuture(outage()) : Future.succeededFuture();
    sweep.start();

    passRound();

    assertThat(timer("failed").count()).isEqualTo(1);
    assertThat(timer("done").count()).isZero();
    assertThat(lastDone()).isEqualTo(start.toEpochMilli() / 1e3);

    work = shard -> Future.succeededFuture();
    passRound();

    assertThat(timer("failed").count()).isEqualTo(1);
    assertThat(timer("done").count()).isEqualTo(1);
  }

  @Test
  void choreThatThrows_doesNotEndTheSweep() {
    work =
        shard -> {
          throw new IllegalStateException("bug");
        };
    sweep.start();

    passRound();

    assertThat(swept).hasSize(Keys.SHARD_COUNT);
    assertThat(timer("failed").count()).isEqualTo(1);
  }

  @Test
  void stop_waitsForWhatIsUnderWay_andBeginsNoMore() {
    Promise<Void> reply = Promise.promise();
    work = shard -> reply.future();
    sweep.start();
    pass();
    int begun = swept.size();

    Future<Void> stopped = sweep.stop();

    assertThat(stopped.isComplete()).isFalse();
    reply.complete();
    assertThat(stopped.succeeded()).isTrue();
    waits.forEach(wait -> wait.over().complete());
    assertThat(swept).hasSize(begun);
  }

  @Test
  void stop_ofASweepThatWaits_orNeverStarted_isDoneAtOnce() {
    assertThat(sweep.stop().succeeded()).isTrue();

    sweep.start();
    pass();

    assertThat(swept).isEmpty();
    assertThat(sweep.stop().succeeded()).isTrue();
    assertThat(waits).isEmpty();
  }

  private void passRound() {
    int before = swept.size();
    while (swept.size() < before + Keys.SHARD_COUNT) {
      pass();
    }
  }

  private void pass() {
    Wait next = waits.remove();
    time.advance(next.length());
    next.over().complete();
  }

  private Timer timer(String result) {
    return registry
        .get("vestibule.sweep.duration")
        .tags("chore", "overdue", "result", result)
        .timer();
  }

  private double lastDone() {
    return registry.get("vestibule.sweep.last.done").tag("chore", "overdue").gauge().value();
  }

  private static StoreUnavailable outage() {
    return new StoreUnavailable("test", FailureCause.UNREACHABLE, "away");
  }
}
