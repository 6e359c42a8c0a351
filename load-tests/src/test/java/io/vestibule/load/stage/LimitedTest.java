package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.load.report.Hiccups;
import io.vestibule.load.report.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitedTest {
  private static final Result RESULT = Result.of(List.of());

  @TempDir private Path work;

  @Test
  void aScenarioWithinItsTime_hasItsResult() throws Exception {
    assertThat(run(Duration.ofMinutes(1), stage -> RESULT)).isSameAs(RESULT);
  }

  @Test
  void onePastItsLimit_isEnded_withWhatItHasStarted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Process[] sleeping = new Process[1];

    assertThatThrownBy(
            () ->
                run(
                    Duration.ofMillis(500),
                    stage -> {
                      sleeping[0] =
                          stage
                              .started()
                              .start("sleep", new ProcessBuilder("sleep", "600"))
                              .process();
                      try {
                        new CountDownLatch(1).await();
                        return RESULT;
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw new CannotRun("interrupted");
                      }
                    }))
        .isInstanceOf(CannotRun.class)
        .hasMessage("did not end within 500 ms; nothing was written");
    assertThat(interrupted.getCount()).isZero();
    assertThat(sleeping[0].isAlive()).isFalse();
  }

  @Test
  void whatIsWrong_isSaidAsItIs() {
    assertThatThrownBy(
            () ->
                run(
                    Duration.ofMinutes(1),
                    stage -> {
                      throw new CannotRun("raise ulimit -n");
                    }))
        .isInstanceOf(CannotRun.class)
        .hasMessage("raise ulimit -n");
    assertThatThrownBy(
            () ->
                run(
                    Duration.ofMinutes(1),
                    stage -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anError_isABug_withItsCause() {
    assertThatThrownBy(
            () ->
                run(
                    Duration.ofMinutes(1),
                    stage -> {
                      throw new AssertionError("impossible");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("impossible");
  }

  @Test
  void onceEnded_nothingIsStartedAnyMore() throws Exception {
    try (Started started = new Started(work.resolve("over"))) {
      started.endAll();

      assertThatThrownBy(() -> started.start("sleep", new ProcessBuilder("sleep", "600")))
          .isInstanceOf(CannotRun.class);
    }
  }

  private Result run(Duration limit, Scenario scenario) throws CannotRun {
    Progress progress = new Progress(new PrintWriter(new StringWriter()));
    try (Started started = new Started(work.resolve("run"));
        Hiccups hiccups = Hiccups.watch()) {
      Build build = new Build(work, started, progress);
      Stage stage =
          new Stage(
              work, build, started, progress, hiccups, new RedisBinary(Optional.empty(), progress));
      return Limited.run(
          new Scenario() {
            @Override
            public Result run(Stage on) throws CannotRun {
              return scenario.run(on);
            }

            @Override
            public Duration limit() {
              return limit;
            }
          },
          stage);
    }
  }
}
