package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Provenance.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessesTest {
  @TempDir private Path directory;

  @Test
  void aProgram_isNamedAsItWasCalled_whateverItsFileIs() throws Exception {
    Path file = directory.resolve("redis-check-rdb");
    Files.copy(Installed.demand("sleep", "it is everywhere").toRealPath(), file);
    Path called = Files.createSymbolicLink(directory.resolve("redis-server"), file);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Process process = new ProcessBuilder(called.toString(), "600").start();
    try (Started started = new Started(directory.resolve("logs"))) {
      started.given(new Target.Part("redis", process.pid()));

      assertThat(started.programs(directory.resolve("root")))
          .containsExactly(new Program("redis", "redis-server 600"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aProcessThatCannotBeRead_hasTheGivenName() {
    assertThat(Processes.command(new Target.Part("redis", 999_999_999))).containsExactly("redis");
  }
}
