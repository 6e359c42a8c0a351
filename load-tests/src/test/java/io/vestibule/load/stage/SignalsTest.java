package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SignalsTest {
  @Test
  void aProgramThatEnds_saysHow() throws Exception {
    ProcessBuilder seven = new ProcessBuilder("sh", "-c", "exit 7");

    assertThat(Signals.status(seven, Duration.ofSeconds(20))).isEqualTo(7);
  }

  @Test
  void aProgramThatDoesNotEnd_isNamed() {
    assertThatThrownBy(
            () -> Signals.status(new ProcessBuilder("sleep", "600"), Duration.ofMillis(20)))
        .isInstanceOf(CannotRun.class)
        .hasMessageStartingWith("sleep 600 did not end within");
  }

  @Test
  void aProcessThatCannotBeSignalled_isNamedWithTheCommand() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();

    assertThatThrownBy(() -> Signals.pause(gone))
        .isInstanceOf(CannotRun.class)
        .hasMessage("kill -STOP " + gone.pid() + " failed with 1");
  }
}
