package io.vestibule.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The demo and Prometheus as docs/OBSERVE.md starts them, each in a terminal of its own, on the
 * ports that it names, in a network namespace so that they are free. Grafana cannot be had here.
 */
@Tag("system")
final class ObserveWalkIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

  @Test
  void demoAndPrometheus_asWritten_theGatewayIsUp_andTheRulesAreLoaded() throws Exception {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Path.of("docs/OBSERVE.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    String script =
        "ip link set lo up\n(%s) > demo.log 2>&1 &\n(%s) > prometheus.log 2>&1 &\n%s"
            .formatted(blocks.get(0), blocks.get(1), LOOK);
    Path place = place(script);

    Program.Ended walk =
        Program.run(
            LIMIT, place, "unshare", "--net", "--pid", "--fork", "--kill-child", "bash", "walk.sh");

    assertThat(walk.exit()).as(walk.said()).isZero();
    assertThat(walk.said()).contains("VestibuleRedisGone");
  }

  // The shipped file scrapes every 15 seconds.
  private static final String LOOK =
      """
      ask() { curl -sS --get "http://127.0.0.1:9091/api/v1/$1" "${@:2}" 2> /dev/null; }
      for try in $(seq 300); do
        ask query --data-urlencode 'query=vestibule_doors_connected > 0' | grep -q '"__name__"' && ask rules && exit 0
        sleep 0.2
      done
      cat demo.log prometheus.log
      exit 1
      """;

  private static Path place(String script) throws IOException {
    Path place = Files.createTempDirectory("observe");
    Files.createDirectory(place.resolve("target"));
    Files.createSymbolicLink(
        place.resolve("target/vestibule.jar"),
        Path.of(System.getProperty("vestibule.jar")).toAbsolutePath());
    Files.createSymbolicLink(place.resolve("grafana"), Path.of("grafana").toAbsolutePath());
    Files.writeString(place.resolve("walk.sh"), script);
    return place;
  }
}
