package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The README's walk, executed as it is written: with curl, jq and the Mosquitto clients, on the
 * ports that it names, in a network namespace of its own so that they are free.
 */
@Tag("system")
final class ReadmeWalkIT {
  private static final Pattern SECTION = Pattern.compile("(?ms)^## Open a door by hand$(.*?)^## ");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

  @Test
  void walk_asWritten_opensTheDoor_aRetryIsReplayed_andTheGatewayDrains() throws Exception {
    Path place = Files.createTempDirectory("walk");
    Files.createDirectory(place.resolve("target"));
    Files.createSymbolicLink(
        place.resolve("target/vestibule.jar"),
        Path.of(System.getProperty("vestibule.jar")).toAbsolutePath());
    List<String> walk = walk();
    String script =
        "set -eu\nip link set lo up\ntrap 'pkill -TERM -P $$ || true' EXIT\n"
            + String.join("\n", walk.subList(0, walk.size() - 1))
            + "\necho; echo ---; curl -sS -i -H 'Content-Type: application/jose' -d @dev/request.jws"
            + " http://localhost:8080/v1/doors/door-1/unlock\n"
            + walk.get(walk.size() - 1)
            + "cat dev/serve.log\n";
    Path file = Files.writeString(place.resolve("walk.sh"), script);
    Path log = place.resolve("walk.log");

    Process running =
        new ProcessBuilder(
                List.of(
                    "unshare", "--net", "--pid", "--fork", "--kill-child", "bash", file.toString()))
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = running.waitFor(90, TimeUnit.SECONDS);
    running.descendants().forEach(ProcessHandle::destroyForcibly);
    running.destroyForcibly();

    String said = Files.readString(log);
    assertThat(ended).as(said).isTrue();
    String first = said.substring(0, Math.max(0, said.lastIndexOf("---")));
    String retry = said.substring(Math.max(0, said.lastIndexOf("---")));
    assertThat(first).contains("\"door\":\"door-1\",\"state\":\"opened\",\"openedAt\":\"");
    assertThat(retry)
        .containsIgnoringCase("Idempotent-Replayed: true")
        .contains("\"state\":\"opened\"")
        .containsPattern("- drained\n");
  }

  /** Its blocks; the last one stops the gateway. */
  private static List<String> walk() throws IOException {
    Matcher section = SECTION.matcher(Files.readString(Path.of("README.md")));
    assertThat(section.find()).isTrue();
    return BLOCK.matcher(section.group(1)).results().map(block -> block.group(1)).toList();
  }
}
