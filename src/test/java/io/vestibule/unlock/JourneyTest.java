package io.vestibule.unlock;

import static io.vestibule.unlock.FlowStage.outage;
import static io.vestibule.unlock.FlowStage.outcome;
import static io.vestibule.unlock.FlowStage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vestibule.access.Reason;
import io.vestibule.command.CommandResult;
import io.vestibule.grant.ClaimResult;
import io.vestibule.testing.SimTime;
import io.vestibule.testing.WireCourier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long each stage took, in milliseconds that only the stages themselves let pass. */
final class JourneyTest {
  private final SimTime time = new SimTime();
  private FlowStage stage;

  @BeforeEach
  void set() throws Exception {
    stage = new FlowStage(2, time);
    stage.directory.premisesAfter = () -> past(1);
    stage.doors.onLook = () -> past(2);
    stage.claims.onClaim = claim -> past(4).map(new ClaimResult.Claimed());
    stage.doors.onSend =
        command -> {
          past(8);
          command.written().run();
          return past(16).map(new CommandResult.Opened(Instant.now()));
        };
    stage.claims.onClose = outcome -> past(32).map(outcome);
    stage.audit.onDenial = denial -> past(64).map(true);
  }

  @AfterEach
  void strike() {
    stage.close();
  }

  @Test
  void eachStage_isTimedFromWhereTheOneBeforeEnded_andTheWholeFromItsArrival() throws Exception {
    soon(outcome(soon(stage.submit(stage.request()))));

    assertThat(stages())
        .isEqualTo(
            Map.of("verify", 1, "decide", 2, "claim", 4, "command", 8, "ack", 16, "outcome", 32));
    assertThat(duration("opened")).isEqualTo(63);
  }

  @Test
  void distrusted_isTimedAsVerifyAlone() throws Exception {
    soon(stage.submit(new WireCourier("ana").request("front", FlowStage.GRANT, FlowStage.LABEL)));

    assertThat(stages()).isEqualTo(Map.of("verify", 1));
    assertThat(duration("rejected")).isEqualTo(1);
  }

  @Test
  void refusedByPolicy_endsWithDecide_andItsRecordBelongsToTheWhole() throws Exception {
    stage.doors.online = false;

    soon(stage.submit(stage.request()));

    assertThat(stages()).isEqualTo(Map.of("verify", 1, "decide", 2));
    assertThat(duration("refused")).isEqualTo(3 + 64);
  }

  @Test
  void refusedByTheClaim_endsWithClaim() throws Exception {
    stage.claims.onClaim =
        claim -> past(4).map(new ClaimResult.Denied(Reason.GRANT_USED_UP, Duration.ZERO));

    soon(stage.submit(stage.request()));

    assertThat(stages()).isEqualTo(Map.of("verify", 1, "decide", 2, "claim", 4));
    assertThat(duration("refused")).isEqualTo(7 + 64);
  }

  @Test
  void claimThatFails_isTimedAllTheSame() throws Exception {
    stage.claims.onClaim =
        claim -> {
          past(4);
          return Future.failedFuture(outage());
        };

    soon(stage.submit(stage.request()));

    assertThat(stages()).containsEntry("claim", 4).doesNotContainKey("command");
  }

  @Test
  void commandThatIsNotWritten_hasNoAck() throws Exception {
    stage.doors.onSend =
        command -> past(8).map(new CommandResult.Unsent(CommandResult.Unsent.Cause.BUSY));

    soon(outcome(soon(stage.submit(stage.request()))));

    assertThat(stages())
        .isEqualTo(Map.of("verify", 1, "decide", 2, "claim", 4, "command", 8, "outcome", 32));
  }

  @Test
  void retry_isTimedAsFarAsItGoes_andNotAsAWhole() throws Exception {
    String request = stage.request();
    soon(outcome(soon(stage.submit(request))));
    stage.claims.onClaim =
        claim ->
            past(4)
                .map(
                    new ClaimResult.OnRecord(FlowStage.attempt(claim, stage.claims.closed.get(0))));

    soon(outcome(soon(stage.submit(request))));

    assertThat(stages()).containsEntry("verify", 2).containsEntry("claim", 8);
    assertThat(stages()).containsEntry("command", 8).containsEntry("outcome", 32);
    assertThat(duration("opened")).isEqualTo(63);
  }

  private Future<Void> past(int milliseconds) {
    time.advance(Duration.ofMillis(milliseconds));
    return Future.succeededFuture();
  }

  /** Milliseconds of each stage that was timed at all. */
  private Map<String, Integer> stages() {
    Map<String, Integer> all = new TreeMap<>();
    for (Timer timer : stage.registry.get("vestibule.unlock.stage.duration").timers()) {
      if (timer.count() > 0) {
        all.put(timer.getId().getTag("stage"), milliseconds(timer));
      }
    }
    return all;
  }

  private int duration(String outcome) {
    Timer timer =
        stage
            .registry
            .get("vestibule.unlock.duration")
            .tags("outcome", outcome, "edge", "http")
            .timer();
    assertThat(timer.count()).isEqualTo(1);
    return milliseconds(timer);
  }

  private static int milliseconds(Timer timer) {
    return (int) Math.round(timer.totalTime(TimeUnit.MICROSECONDS) / 1_000);
  }
}
