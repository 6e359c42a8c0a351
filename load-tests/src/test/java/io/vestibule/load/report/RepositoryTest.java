package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Provenance.Commit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class RepositoryTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void aCommit_isWhatGitSays_andCleanWhereItSaysNoMore() throws Exception {
    assertThat(commit("case $3 in rev-parse) echo abc;; esac", LONG))
        .isEqualTo(new Commit("abc", false));
    assertThat(commit("case $3 in rev-parse) echo abc;; *) echo ' M pom.xml';; esac", LONG))
        .isEqualTo(new Commit("abc", true));
  }

  @Test
  void aGitThatFails_orIsNotThere_leavesItUnknown() throws Exception {
    assertThat(commit("echo no repository; exit 128", LONG)).isEqualTo(new Commit("unknown", true));
    assertThat(new Repository(directory, directory + "/none", LONG).commit())
        .isEqualTo(new Commit("unknown", true));
  }

  @Test
  void aGitThatDoesNotAnswer_isNamed() throws Exception {
    Duration brief = Duration.ofMillis(50);

    assertThat(commit("exec sleep 600", brief))
        .isEqualTo(new Commit("unknown (git rev-parse did not answer within 0 s)", true));
  }

  private Commit commit(String script, Duration limit) throws Exception {
    Path git = Files.writeString(directory.resolve("git"), "#!/bin/sh\n" + script + "\n");
    assertThat(git.toFile().setExecutable(true)).isTrue();
    return new Repository(directory, git.toString(), limit).commit();
  }
}
