package io.vestibule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

final class TargetOptionsTest {
  @TempDir private Path directory;

  private Path token;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(directory.resolve("ca.pem"), "certificate");
    token = Files.writeString(directory.resolve("token"), "head.claims.signature\n");
  }

  @Test
  void withoutATarget_oneIsStarted() throws Exception {
    assertThat(target()).isEmpty();
  }

  @Test
  void allThatIsGiven_makesATarget() throws Exception {
    long pid = ProcessHandle.current().pid();

    Target target =
        target(
                whole(
                    "http://127.0.0.1:8080/",
                    "--management",
                    "http://127.0.0.1:9090",
                    "--process",
                    "gateway=" + pid))
            .orElseThrow();

    assertThat(target.http().getPort()).isEqualTo(8080);
    assertThat(target.mqtts().getPort()).isEqualTo(8883);
    assertThat(target.management().orElseThrow().getPort()).isEqualTo(9090);
    assertThat(target.operatorToken()).isEqualTo("head.claims.signature");
    assertThat(target.processes()).containsExactly(new Target.Part("gateway", pid));
  }

  @Test
  void whatIsWrittenWrong_isWrongUsage() {
    assertUsage("--target must be http://HOST:PORT, not https://a:1", whole("https://a:1"));
    assertUsage("--target must name HOST:PORT, not a", whole("http://a"));
    assertUsage("--target must name HOST:PORT, not a:70000", whole("http://a:70000"));
    assertUsage("--target must name HOST:PORT, not a:1/v1", whole("http://a:1/v1"));
    assertUsage("--target must name HOST:PORT, not a b:1", whole("http://a b:1"));
    assertUsage("--target needs --mqtts", "--target", "http://127.0.0.1:1");
    assertUsage("are of a --target", "--mqtts", "127.0.0.1:1");
  }

  @Test
  void aDirectoryThatIsNoPki_namesTheCommandThatMakesOne() throws Exception {
    Files.delete(directory.resolve("ca.pem"));

    assertThatThrownBy(() -> target(whole("http://127.0.0.1:1")))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("no ca.pem in --pki")
        .hasMessageContaining("pki DIR --doors N");
  }

  @Test
  void aTokenThatIsNone_namesTheCommandThatMakesOne() throws Exception {
    Files.writeString(token, "Bearer head.claims.signature");
    assertThatThrownBy(() -> target(whole("http://127.0.0.1:1")))
        .hasMessageContaining("holds no bearer token")
        .hasMessageContaining("--scope operator");

    Files.delete(token);
    assertThatThrownBy(() -> target(whole("http://127.0.0.1:1")))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("cannot read --token")
        .hasMessageContaining("--scope operator");
  }

  @Test
  void aProcessThatIsNotThere_isNamed() {
    assertThatThrownBy(() -> target(whole("http://127.0.0.1:1", "--process", "gateway=999999999")))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("--process gateway=999999999: no such process");
  }

  private void assertUsage(String message, String... arguments) {
    assertThatThrownBy(() -> target(arguments))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(message);
  }

  private String[] whole(String target, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--target", target, "--mqtts", "127.0.0.1:8883"));
    arguments.addAll(List.of("--pki", directory.toString(), "--token", token.toString()));
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }

  private static Optional<Target> target(String... arguments) throws CannotRun {
    Asked asked = new Asked();
    new CommandLine(asked).parseArgs(arguments);
    return asked.options.target();
  }

  @Command
  private static final class Asked {
    @Mixin private final TargetOptions options = new TargetOptions();
  }
}
