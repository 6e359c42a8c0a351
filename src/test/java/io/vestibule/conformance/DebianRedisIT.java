package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.Jdk;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A gateway before the Redis that Debian ships. */
@Tag("system")
final class DebianRedisIT {
  private static final Path BINARY = Path.of("/usr/bin/redis-server");

  @Test
  void unlockAndItsRetry_throughDebiansRedis_openOnce() throws Exception {
    try (Stage stage = Stage.set(Jdk.found().get(0), Map.of(), RedisProcess.start(BINARY))) {
      String door = stage.door();
      try (WireDoor device = stage.connect(door)) {
        String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");

        WireApi.Answer first = stage.operator().unlock(door, request);
        WireApi.Answer retry = stage.operator().unlock(door, request);

        assertThat(first.status()).as(first.raw().body()).isEqualTo(200);
        assertThat(retry.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(device.commands()).hasSize(1);
      }
    }
  }
}
