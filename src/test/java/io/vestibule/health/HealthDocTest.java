package io.vestibule.health;

import io.vestibule.testing.GeneratedDoc;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthDocTest {
  private static final String HEAD =
      """
      # Health

      <!-- Made from io.vestibule.health by HealthDocTest; change it there. -->

      On the management port, all from memory: a Redis that is away, a start and a drain slow none of these.

      | route | 200 | 503 |
      | --- | --- | --- |
      | `/health/live` | the process answers; for restarts | – |
      | `/health/ready` | traffic may come, also while Redis is away | while it starts, until Redis was first reached, and from SIGTERM on |
      | `/health` | `status` is `up` or `degraded`; for people and checks by status alone | `status` is `down`: no door can be opened |
      | `/metrics` | the [metrics](METRICS.md) | – |

      The command `health` asks `/health/live`, and `/health/ready` with `--ready`, where nothing else can: it is the health check of
      the image.

      `/health` names each thing that the gateway stands on:

      ```json
      {"status":"down","dependencies":{"redis":{"state":"down","since":"2026-05-04T07:03:00.250Z",
        "cause":"unreachable","remedy":"there is no connection to Redis: see whether it runs …"}, …}}
      ```

      `state` is `up`, `degraded` (it serves, but less well than it should, or with a risk) or `down`; `since` is
      when it was first seen so, at most 250 ms late; `cause`, `remedy` and `detail` are there where there is something to
      say. `status` is `down` where an essential dependency is, and `degraded` where anything else is not `up`.

      """;

  @Test
  void healthDocument_equalsTheCatalogue() {
    GeneratedDoc.check(
        "docs/HEALTH.md",
        HEAD
            + "| dependency | essential | what it is |\n| --- | --- | --- |\n"
            + rows(Stream.of(Dependency.values()).map(HealthDocTest::row))
            + "\n| cause | what it means, and what mends it |\n| --- | --- |\n"
            + rows(Stream.of(Cause.values()).map(HealthDocTest::row))
            + "\n`redis` has the [causes of Redis' failures](RUNBOOK.md#causes-of-a-failed-operation): why a loop is not connected, or what Redis\n"
            + "answered to commands within the last 10 s.\n");
  }

  private static String row(Dependency dependency) {
    return "| `%s` | %s | %s |"
        .formatted(
            dependency.code(), dependency.essential() ? "yes" : "no", dependency.description());
  }

  private static String row(Cause cause) {
    return "| `%s` | %s |".formatted(cause.code(), cause.remedy());
  }

  private static String rows(Stream<String> rows) {
    return rows.collect(Collectors.joining("\n", "", "\n"));
  }
}
