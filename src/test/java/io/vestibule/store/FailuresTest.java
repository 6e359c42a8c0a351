package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.SimTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
  private final SimTime time = new SimTime();
  private final Failures failures =
      new Failures("redis://x", time, new Meters(new SimpleMeterRegistry()));

  @Test
  void refusalOfAnyCommand_isToldForTenSeconds() {
    failures.of("SET", new LinkFailure(FailureCause.OUT_OF_MEMORY, "OOM"));

    assertThat(failures.ofLate()).contains(FailureCause.OUT_OF_MEMORY);
    time.advance(Duration.ofSeconds(9));
    assertThat(failures.ofLate()).contains(FailureCause.OUT_OF_MEMORY);
    time.advance(Duration.ofSeconds(1));
    assertThat(failures.ofLate()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_TYPE", "UNREADABLE", "SCRIPT_FAILED", "UNREACHABLE", "CLOSED"})
  void faultOfOneValue_orOfTheConnection_isNotHeldAgainstRedis(FailureCause cause) {
    failures.of("GET", new LinkFailure(cause, "x"));

    assertThat(failures.ofLate()).isEmpty();
  }
}
