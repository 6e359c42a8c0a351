package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartedTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path logs;

  @Test
  void whatWasStarted_endsWithIt_andWhatThatHasStartedToo() throws Exception {
    Started.Running shell;
    ProcessHandle child;
    try (Started started = new Started(logs.resolve("run"))) {
      shell = started.start("shell", new ProcessBuilder("sh", "-c", "sleep 600; true"));
      assertThat(Waiting.until(LIMIT, () -> shell.process().children().findAny().isPresent()))
          .isTrue();
      child = shell.process().children().findAny().orElseThrow();
    }

    assertThat(shell.process().isAlive()).isFalse();
    assertThat(Waiting.until(LIMIT, () -> !child.isAlive())).isTrue();
  }

  @Test
  void severalOfAKind_haveAFileEach() throws Exception {
    try (Started started = new Started(logs.resolve("run"))) {
      Started.Running first = started.startNext("shell", said("one"));
      Started.Running second = started.startNext("shell", said("two"));
      Started.Running other = started.startNext("clock", said("three"));

      assertThat(List.of(first.name(), second.name(), other.name()))
          .containsExactly("shell-1", "shell-2", "clock-1");
      assertThat(first.process().waitFor()).isZero();
      assertThat(second.process().waitFor()).isZero();
      assertThat(first.log()).hasContent("one");
      assertThat(second.log()).hasContent("two");
    }
  }

  @Test
  void aFailure_saysTheLastWords() throws Exception {
    try (Started started = new Started(logs.resolve("run"))) {
      assertThatThrownBy(
              () ->
                  started.finish(
                      "wrong", new ProcessBuilder("sh", "-c", "echo no such port; exit 7"), LIMIT))
          .isInstanceOf(CannotRun.class)
          .hasMessageStartingWith("wrong failed with 7: no such port");
    }
  }

  @Test
  void whatDoesNotEndInTime_isEnded() throws Exception {
    try (Started started = new Started(logs.resolve("run"))) {
      assertThatThrownBy(
              () ->
                  started.finish("slow", new ProcessBuilder("sleep", "600"), Duration.ofMillis(1)))
          .isInstanceOf(CannotRun.class)
          .hasMessageStartingWith("slow did not end within PT0.001S");
    }
  }

  private static ProcessBuilder said(String word) {
    return new ProcessBuilder("sh", "-c", "echo " + word);
  }
}
