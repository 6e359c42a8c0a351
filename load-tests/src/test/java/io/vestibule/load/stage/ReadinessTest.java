package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadinessTest {
  private static final Readiness PATIENT =
      new Readiness(
          "the server", Pattern.compile("(?m)^ready port=(\\d+)$"), Duration.ofSeconds(20));

  @TempDir private Path logs;
  private Started started;

  @BeforeEach
  void begin() throws Exception {
    started = new Started(logs.resolve("run"));
  }

  @AfterEach
  void end() {
    started.close();
  }

  @Test
  void whatServes_isThereWithItsLine() throws Exception {
    Started.Running running = shell("one", "echo loading; echo ready port=17; exec sleep 600");

    assertThat(PATIENT.await(running).group(1)).isEqualTo("17");
  }

  @Test
  void whatEndsBefore_isStartedAgain_andTheOneThatServesIsGiven() throws Exception {
    String served =
        PATIENT.start(
            attempt ->
                new Readiness.Begun<>(
                    shell(
                        "try-" + attempt,
                        attempt < 3 ? "echo port is taken" : "echo ready port=1; exec sleep 600"),
                    "of attempt " + attempt));

    assertThat(served).isEqualTo("of attempt 3");
  }

  @Test
  void whatAlwaysEnds_isNamedWithItsLastWords_afterFiveTries() {
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(
            () ->
                PATIENT.start(
                    attempt ->
                        new Readiness.Begun<>(
                            shell("try-" + attempt, "echo no disk"), tries.incrementAndGet())))
        .isInstanceOf(CannotRun.class)
        .hasMessageStartingWith("the server ended before it was ready: no disk");
    assertThat(tries).hasValue(5);
  }

  @Test
  void whatIsTooSlow_isNamed_andNotStartedBesideItself() {
    Readiness hasty = new Readiness("the server", PATIENT.line(), Duration.ofMillis(50));
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(
            () ->
                hasty.start(
                    attempt ->
                        new Readiness.Begun<>(
                            shell("try-" + attempt, "exec sleep 600"), tries.incrementAndGet())))
        .isInstanceOf(CannotRun.class)
        .hasMessageStartingWith("the server is not ready within");
    assertThat(tries).hasValue(1);
  }

  private Started.Running shell(String name, String script) throws CannotRun {
    return started.start(name, new ProcessBuilder("sh", "-c", script));
  }
}
