package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vestibule.testing.Jdk;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands of an unlock when the gateway or Redis dies in the middle of it. */
final class CrashIT {
  private static final Map<String, String> SHORT =
      Map.of("VESTIBULE_UNLOCK_DEADLINE", "2s", "VESTIBULE_UNLOCK_ACK_TIMEOUT", "1s");

  /** Of the tests that crash its gateway alone. */
  private static Stage stage;

  @BeforeAll
  static void set() throws Exception {
    stage = Stage.set(Jdk.found().get(0), SHORT);
  }

  @AfterAll
  static void strike() {
    stage.close();
  }

  @Test
  void gatewayKilledAfterTheCommand_retryHearsUnknown_andNothingIsCommandedAgain()
      throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");
    crashAfterTheCommand(door, request);

    try (WireDoor again = stage.connect(door)) {
      WireApi.Answer retry = stage.operator().unlock(door, request);

      assertThat(retry.text("reason")).as(retry.raw().body()).isEqualTo("door_timed_out");
      assertThat(retry.header("Idempotent-Replayed")).isEqualTo("true");
      assertThat(again.commands()).isEmpty();
    }
  }

  @Test
  void gatewayKilledAfterTheCommand_theSweepOfTheNextClosesTheAttempt() throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");
    crashAfterTheCommand(door, request);

    assertThat(stage.redis().ask("KEYS vb:*:pending")).isEqualTo("*1");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stage.redis().ask("KEYS vb:*:pending").equals("*0"));
  }

  @Test
  void redisKilled_unlocksAreRefusedAtOnce_doorsStay_andItRecoversByItself() throws Exception {
    try (Stage losing = Stage.set(Jdk.found().get(0))) {
      String door = losing.door();
      String request = losing.courier().request(door, losing.grant(door, "L1", ""), "L1");
      try (WireDoor device = losing.connect(door)) {
        losing.redis().kill();

        WireApi.Answer refused = losing.operator().unlock(door, request);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("reason")).isEqualTo("store_unavailable");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(device.connected()).isTrue();

        // It comes back empty: what is asked now is answered, and the answer is that nothing is
        // there.
        losing.redis().restart();
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> losing.operator().get("/v1/doors/" + door).status() == 404);
        assertThat(device.commands()).isEmpty();
      }
    }
  }

  private static void crashAfterTheCommand(String door, String request) throws Exception {
    try (WireDoor silent = stage.connect(door).answering(unlock -> "")) {
      var unanswered = stage.anotherClient().unlocking(door, request);
      await().until(() -> silent.commands().size() == 1);

      stage.crashGateway();
      assertThat(unanswered).isCompletedExceptionally();
    }
  }
}
