package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Provenance.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramsTest {
  private static final Path ROOT = Path.of("/home/someone/vestibule");

  private final Programs programs = new Programs();

  @Test
  void paths_areFromTheRoot_orALastName() {
    programs.add(
        "node-a",
        List.of(
            "/usr/lib/jvm/17/bin/java",
            "@" + ROOT + "/a.options",
            "-jar",
            ROOT + "/load-tests/../a.jar"),
        Optional.empty());

    assertThat(programs.list(ROOT))
        .containsExactly(new Program("node-a", "java @a.options -jar a.jar"));
  }

  @Test
  void thoseStartedAlike_areNamedOnce() {
    programs.add("redis-1", List.of("redis-server"), Optional.empty());
    programs.add("node-a", List.of("java"), Optional.empty());
    programs.add("redis-2", List.of("redis-server"), Optional.empty());
    programs.add("redis-3", List.of("redis-server"), Optional.empty());

    assertThat(programs.list(ROOT))
        .containsExactly(
            new Program("redis-1 and 2 more", "redis-server"), new Program("node-a", "java"));
  }

  @Test
  void redis_saysItsVersion(@TempDir Path logs) throws Exception {
    Path log = Files.writeString(logs.resolve("log"), "# Redis version=7.0.15, bits=64");
    programs.add("redis-1", List.of("redis-server"), Optional.of(log));

    assertThat(programs.list(ROOT))
        .containsExactly(new Program("redis-1", "redis-server (Redis 7.0.15)"));
  }
}
