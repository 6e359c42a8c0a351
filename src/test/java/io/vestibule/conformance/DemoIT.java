package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.Jar;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packed jar's demo, on the newest Java runtime found; `.ci/run` plays it on the oldest. */
final class DemoIT {
  @Test
  void demo_exits0_andTellsEachOutcome_andNoSecret() throws Exception {
    List<Jdk> found = Jdk.found();
    Jar.Ended demo =
        new Jar(found.get(found.size() - 1))
            .run(
                Duration.ofSeconds(60),
                Map.of("VESTIBULE_LOG_LEVEL", "debug"),
                "demo",
                "--exit",
                "--seconds",
                "6",
                "--doors",
                "12");

    assertThat(demo.exit()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out()).contains("door_timed_out", "replayed", "lockdown");
    assertThat(demo.out())
        .containsPattern("(?m)^metrics: http://127\\.0\\.0\\.1:\\d+/metrics$")
        .containsPattern("(?m)^health: http://127\\.0\\.0\\.1:\\d+/health$");
    assertThat(demo.err()).containsPattern("DEBUG .* unlock=\"[\\w.-]+\" door=\"[\\w.-]+\"");
    Secrets.assertNone(demo.out());
    Secrets.assertNone(demo.err());
    // Redis warns of the machine's settings, in our lines of DEBUG; the JVM in lines of its own.
    assertThat(demo.err()).doesNotContainPattern("(?m)^(WARNING|\\s+at )|ERROR");
  }
}
