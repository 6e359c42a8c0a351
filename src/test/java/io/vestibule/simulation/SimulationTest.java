package io.vestibule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many seeds of two gateways on simulated time; {@code docs/SIMULATION.md} says what it proves. */
class SimulationTest {
  /** Each of these must come to pass a few times, or the seeds prove less than they seem to. */
  private static final List<String> MUST_HAPPEN =
      List.of(
          "ack lost",
          "ack over the next connection",
          "answered door_refused again",
          "answered door_timed_out again",
          "answered opened",
          "answered opened again",
          "answered store_unavailable again",
          "closed as door_offline",
          "closed as door_refused",
          "closed as door_timed_out",
          "closed as lockdown",
          "closed as opened",
          "closed as replayed",
          "closed as store_unavailable",
          "closed for a dead node",
          "clock stepped",
          "command lost",
          "denied courier_suspended",
          "denied door_offline",
          "denied grant_closed",
          "denied grant_revoked",
          "denied grant_used_up",
          "denied lockdown",
          "denied rate_limited",
          "denied replayed",
          "denied store_unavailable",
          "door is silent",
          "door opens without a word",
          "failover that forgets",
          "Late claim",
          "Late close",
          "late ack recorded",
          "no answer",
          "node killed in an attempt",
          "node paused",
          "redis away",
          "redis still",
          "RequestLost claim",
          "RequestLost close",
          "ReplyLost claim",
          "ReplyLost close",
          "replayed elsewhere",
          "sent twice at once");

  private static final int TIMES_MIN = 3;

  @Test
  void nothingIsLost_andNothingOpenedTwice() {
    Happened happened = new Happened();
    Long only = Long.getLong("simulation.seed");
    if (only != null) {
      Seeds.run(only, Variant.NONE, happened);
      return;
    }
    int count = Integer.getInteger("simulation.seeds", Seeds.COUNT_DEFAULT);
    for (long seed = 0; seed < count; seed++) {
      Seeds.run(seed, Variant.NONE, happened);
    }

    if (count >= Seeds.COUNT_DEFAULT) {
      assertThat(MUST_HAPPEN)
          .as(happened.toString())
          .allMatch(what -> happened.of(what) >= TIMES_MIN);
    }
  }

  /** Within the seeds that every build runs. */
  @ParameterizedTest
  @EnumSource
  void mistake_isFound(Broken mistake) {
    assertThat(Seeds.firstViolation(mistake.likelySeed(), Seeds.COUNT_DEFAULT, mistake))
        .hasValueSatisfying(violation -> assertThat(violation).contains(mistake.found()));
  }
}
