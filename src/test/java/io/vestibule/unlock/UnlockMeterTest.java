package io.vestibule.unlock;

import static io.vestibule.unlock.FlowStage.outage;
import static io.vestibule.unlock.FlowStage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vestibule.access.DoorId;
import io.vestibule.access.Reason;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandResult.Unsent.Cause;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Outcome;
import io.vestibule.metrics.UnlockResult;
import io.vestibule.testing.WireCourier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every request counts once, under the row of how it ended. */
final class UnlockMeterTest {
  private FlowStage stage;

  /** A way to end that a claim alone does not decide, and its row. */
  enum Way {
    OPENED("opened none"),
    NO_REQUEST("rejected malformed") {
      @Override
      String arrange(FlowStage stage) {
        return "no request";
      }
    },
    OF_A_STRANGER("rejected unknown_key") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        return new WireCourier("ana").request("front", FlowStage.GRANT, FlowStage.LABEL);
      }
    },
    FOR_ANOTHER_DOOR("rejected wrong_door") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        return stage.courier.request("back", FlowStage.GRANT, FlowStage.LABEL);
      }
    },
    NOTHING_TO_BE_READ("failed store_unavailable") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        stage.directory.outage = Optional.of(outage());
        return super.arrange(stage);
      }
    },
    IN_A_LOCKDOWN("refused lockdown") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        stage.directory.lockedDown = true;
        return super.arrange(stage);
      }
    },
    DOOR_AWAY("refused door_offline") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        stage.doors.online = false;
        return super.arrange(stage);
      }
    },
    NO_REPLY_TO_THE_CLAIM("failed store_unavailable") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        stage.claims.onClaim = claim -> Future.failedFuture(outage());
        return super.arrange(stage);
      }
    },
    DOOR_REFUSES("refused door_refused") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        return sent(stage, new CommandResult.Refused(Optional.empty()));
      }
    },
    DOOR_GOES("refused door_offline") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        return sent(stage, new CommandResult.Unsent(Cause.OFFLINE));
      }
    },
    DOOR_BUSY("failed overloaded") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        return sent(stage, new CommandResult.Unsent(Cause.BUSY));
      }
    },
    DOOR_SILENT("unknown door_timed_out") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        return sent(stage, new CommandResult.Unknown());
      }
    },
    BUG_IN_THE_COMMAND("unknown door_timed_out") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        stage.doors.onSend =
            command -> {
              throw new IllegalStateException("impossible");
            };
        return super.arrange(stage);
      }
    },
    NO_OUTCOME_ON_RECORD("failed store_unavailable") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        stage.claims.onClose = outcome -> Future.failedFuture(outage());
        return super.arrange(stage);
      }
    },
    BUG_IN_THE_CLOSING("failed internal_error") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        stage.claims.onClose = outcome -> Future.failedFuture(new IllegalStateException("bug"));
        return super.arrange(stage);
      }
    },
    BUG_IN_THE_CLAIM("failed internal_error") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        stage.claims.onClaim = claim -> Future.failedFuture(new IllegalStateException("bug"));
        return super.arrange(stage);
      }
    },
    BUG_THAT_IS_THROWN("failed internal_error") {
      @Override
      String arrange(FlowStage stage) throws Exception {
        stage.directory.premisesAfter =
            () -> {
              throw new IllegalStateException("bug");
            };
        return super.arrange(stage);
      }
    };

    private final String row;

    Way(String row) {
      this.row = row;
    }

    String arrange(FlowStage stage) throws Exception {
      return stage.request();
    }

    private static String sent(FlowStage stage, CommandResult result) throws Exception {
      stage.doors.onSend = command -> Future.succeededFuture(result);
      return stage.request();
    }
  }

  @BeforeEach
  void set() throws Exception {
    stage = new FlowStage(2);
  }

  @AfterEach
  void strike() {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource
  void request_countsOnce_underItsRow(Way way) throws Exception {
    end(stage.submit(way.arrange(stage)));

    assertThat(counted()).containsExactly(way.row + " http");
    assertThat(timed()).containsExactly(way.row.split(" ")[0] + " http");
    assertThat(replayed("http")).isZero();
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void refusalByTheClaim_countsUnderItsReason(Reason reason) throws Exception {
    stage.claims.onClaim =
        claim -> Future.succeededFuture(new ClaimResult.Denied(reason, Duration.ZERO));

    end(stage.submit(stage.request()));

    String outcome = UnlockResult.of(reason).code();
    assertThat(counted()).containsExactly(outcome + " " + reason.code() + " http");
    assertThat(timed()).containsExactly(outcome + " http");
  }

  @Test
  void doorsEdge_hasItsOwnRows() throws Exception {
    Submission submission =
        new Submission(Edge.MQTT, Optional.of(new DoorId("front")), Buffer.buffer(stage.request()));

    end(stage.onLoop(() -> stage.flow.unlock(submission)));

    assertThat(counted()).containsExactly("opened none mqtt");
    assertThat(timed()).containsExactly("opened mqtt");
  }

  @Test
  void retry_countsAsReplayed_andNothingElse() throws Exception {
    String request = stage.request();
    end(stage.submit(request));
    Outcome opened = new Outcome.Opened(Instant.now());
    stage.claims.onClaim =
        claim -> Future.succeededFuture(new ClaimResult.OnRecord(FlowStage.attempt(claim, opened)));

    end(stage.submit(request));

    assertThat(replayed("http")).isEqualTo(1);
    assertThat(counted()).containsExactly("opened none http");
    assertThat(timed()).containsExactly("opened http");
  }

  @Test
  void placesForAttempts_areShown_besideThoseTaken() throws Exception {
    assertThat(gauge("vestibule.unlocks.in.flight.max")).isEqualTo(2);
    stage.claims.onClaim =
        claim -> {
          assertThat(gauge("vestibule.unlocks.in.flight")).isEqualTo(1);
          return Future.succeededFuture(new ClaimResult.Claimed());
        };

    end(stage.submit(stage.request()));

    assertThat(counted()).containsExactly("opened none http");
    assertThat(gauge("vestibule.unlocks.in.flight")).isZero();
  }

  /** Once it has its answer, or its outcome, or failed for good. */
  private static void end(CompletableFuture<Answer> answer) throws Exception {
    soon(answer.thenCompose(UnlockMeterTest::ended).handle((ended, failure) -> true));
  }

  private static CompletableFuture<?> ended(Answer answer) {
    return answer instanceof Answer.Underway
        ? FlowStage.outcome(answer)
        : CompletableFuture.completedFuture(answer);
  }

  /** The rows that count something, each as often as it counts. */
  private List<String> counted() {
    List<String> rows = new ArrayList<>();
    for (Counter counter : stage.registry.get("vestibule.unlocks").counters()) {
      for (int times = 0; times < counter.count(); times++) {
        rows.add(tags(counter.getId()::getTag, "outcome", "reason", "edge"));
      }
    }
    return rows;
  }

  private List<String> timed() {
    List<String> rows = new ArrayList<>();
    for (Timer timer : stage.registry.get("vestibule.unlock.duration").timers()) {
      for (int times = 0; times < timer.count(); times++) {
        rows.add(tags(timer.getId()::getTag, "outcome", "edge"));
      }
    }
    return rows;
  }

  private static String tags(UnaryOperator<String> tag, String... keys) {
    return String.join(" ", Arrays.stream(keys).map(tag).toList());
  }

  private double replayed(String edge) {
    return stage.registry.get("vestibule.unlocks.replayed").tag("edge", edge).counter().count();
  }

  private double gauge(String name) {
    return stage.registry.get(name).gauge().value();
  }
}
