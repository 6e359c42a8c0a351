package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisBinaryTest {
  @TempDir private Path directory;
  private final StringWriter said = new StringWriter();
  private Path machine;
  private Path work;

  @BeforeEach
  void directories() throws Exception {
    machine = Files.createDirectory(directory.resolve("bin"));
    work = Files.createDirectory(directory.resolve("work"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.0.15", "8.2.1", "10.0.0"})
  void theMachinesOwn_isTaken_ofVersion7OrLater(String version) throws Exception {
    Path own = installed("echo 'Redis server v=" + version + " sha=00000000:0 bits=64'");

    assertThat(choose(Optional.empty())).isEqualTo(own);
    assertThat(said).hasToString("load-tests: Redis is this machine's own, " + version + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 'Redis server v=6.2.14 sha=00000000:0 bits=64'",
        "echo 'Another server v=8.0.1'",
        "echo 'Redis server v=7.0.15'; exit 1"
      })
  void another_isLeftAlone_andOneComesAlong(String script) throws Exception {
    installed(script);

    assertThat(choose(Optional.empty())).isEqualTo(work.resolve("redis-server")).isExecutable();
    assertThat(said.toString())
        .isEqualTo(
            "load-tests: Redis is the one that comes along: no redis-server of version 7 or later"
                + " is on the PATH\n");
  }

  @Test
  void theOneNamed_isTaken_whateverTheMachineHas() throws Exception {
    installed("echo 'Redis server v=7.0.15'");
    Path named = Path.of("/opt/redis/redis-server");

    assertThat(choose(Optional.of(named))).isEqualTo(named);
    assertThat(said.toString()).isEmpty();
  }

  private Path installed(String script) throws Exception {
    Path program = machine.resolve("redis-server");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  /** Twice, as for two gateways: it is looked for and said once. */
  private Path choose(Optional<Path> given) throws Exception {
    Progress progress = new Progress(new PrintWriter(said));
    RedisBinary binary = new RedisBinary(given, machine.toString(), progress);
    try (Started started = new Started(directory.resolve("logs"))) {
      Path first = binary.choose(started, work);
      assertThat(binary.choose(started, work)).isEqualTo(first);
      return first;
    }
  }
}
