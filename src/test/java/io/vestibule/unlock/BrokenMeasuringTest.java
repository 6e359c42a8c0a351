package io.vestibule.unlock;

import static io.vestibule.unlock.FlowStage.outcome;
import static io.vestibule.unlock.FlowStage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Outcome;
import io.vestibule.metrics.Exemplar;
import io.vestibule.time.Time;
import io.vestibule.tracing.Trace;
import io.vestibule.tracing.Tracing;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracing that throws, at each point where it is called: requests go on as without it. */
final class BrokenMeasuringTest {
  private static final String EVERYWHERE = "everywhere";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin",
        "exemplar",
        "verify",
        "decide",
        "claim",
        "command",
        "ack",
        "outcome",
        "attempt",
        "end",
        EVERYWHERE
      })
  void unlock_opensAndIsClosedOnRecord_andItsPlaceIsFree(String point) throws Exception {
    Broken tracing = new Broken(point);
    try (FlowStage stage = stage(tracing)) {
      Answer answer = soon(stage.submit(stage.request()));

      assertThat(soon(outcome(answer))).isInstanceOf(Outcome.Opened.class);
      assertThat(stage.claims.closed).singleElement().isInstanceOf(Outcome.Opened.class);
      assertThat(stage.flow.inFlightCount()).isZero();
      assertThat(counted(stage, "opened")).isEqualTo(1);
      assertThat(tracing.thrown).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"begin", "exemplar", "verify", "decide", "claim", "end", EVERYWHERE})
  void denied_isAnsweredWithItsReason_andItsPlaceIsFree(String point) throws Exception {
    Broken tracing = new Broken(point);
    try (FlowStage stage = stage(tracing)) {
      stage.claims.onClaim =
          claim ->
              Future.succeededFuture(new ClaimResult.Denied(Reason.GRANT_USED_UP, Duration.ZERO));

      Answer answer = soon(stage.submit(stage.request()));

      assertThat(answer).isInstanceOf(Answer.Denied.class);
      assertThat(((Answer.Denied) answer).reason()).isEqualTo(Reason.GRANT_USED_UP);
      assertThat(stage.flow.inFlightCount()).isZero();
      assertThat(counted(stage, "refused")).isEqualTo(1);
      assertThat(tracing.thrown).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"claim", EVERYWHERE})
  void claimWithoutReply_isClosed_andItsPlaceIsFree(String point) throws Exception {
    Broken tracing = new Broken(point);
    try (FlowStage stage = stage(tracing)) {
      stage.claims.onClaim = claim -> Future.failedFuture(FlowStage.outage());

      Answer answer = soon(stage.submit(stage.request()));

      assertThat(((Answer.Denied) answer).reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
      assertThat(stage.claims.closed).hasSize(1);
      assertThat(stage.flow.inFlightCount()).isZero();
      assertThat(tracing.thrown).isNotEmpty();
    }
  }

  private static FlowStage stage(Tracing tracing) throws Exception {
    return new FlowStage(2, Time.system(), new SimpleMeterRegistry(), meters -> tracing);
  }

  private static double counted(FlowStage stage, String outcome) {
    return stage.registry.get("vestibule.unlocks").tag("outcome", outcome).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Throws the first time that it comes to one point, or to each. */
  private static final class Broken implements Tracing, Trace {
    final Set<String> thrown = ConcurrentHashMap.newKeySet();
    private final String point;

    Broken(String point) {
      this.point = point;
    }

    private void at(String here) {
      if ((point.equals(here) || point.equals(EVERYWHERE)) && thrown.add(here)) {
        throw new IllegalStateException("a bug in tracing, at " + here);
      }
    }

    @Override
    public Trace begin(String edge, Optional<String> traceparent) {
      // Where it throws everywhere the trace is begun, or nothing else would be come to.
      if (!point.equals(EVERYWHERE)) {
        at("begin");
      }
      return this;
    }

    @Override
    public void stage(String name, long fromNanos, long toNanos) {
      at(name);
    }

    @Override
    public void attempt(UnlockId unlock, boolean replayed) {
      at("attempt");
    }

    @Override
    public void end(String outcome, String reason, boolean fault, long atNanos) {
      at("end");
    }

    @Override
    public Exemplar exemplar() {
      at("exemplar");
      return Exemplar.NONE;
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
