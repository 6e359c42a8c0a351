package io.vestibule.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The alerts by Prometheus' own tool: their form, and when they fire and when they do not. */
@Tag("system")
final class PromtoolIT {
  // The tests of burn rates go through days, minute by minute.
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Test
  void alerts_areValid() throws Exception {
    assertSuccess("check", "rules", Rules.ALERTS.toString());
  }

  @Test
  void alerts_fireAndKeepSilent_asTheirTestsSay() throws Exception {
    assertSuccess("test", "rules", Rules.ALERTS_TEST.toString());
  }

  @Test
  void shippedConfiguration_isValid() throws Exception {
    assertSuccess("check", "config", "grafana/prometheus.yml");
  }

  private static void assertSuccess(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "promtool";
    System.arraycopy(arguments, 0, command, 1, arguments.length);

    Program.Ended promtool = Program.run(LIMIT, Path.of("."), command);

    assertThat(promtool.exit()).as(promtool.said()).isZero();
  }
}
