package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.RedisProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever breaks under load, each opening is on record, nothing opens twice, and no event that was
 * acknowledged is missing.
 */
final class FaultsIT {
  private static final int DOOR_COUNT = 12;

  /** Before the fault, and again after it. */
  private static final int OPENINGS_PER_DOOR = 5;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "VESTIBULE_UNLOCK_DEADLINE", "2s",
          "VESTIBULE_UNLOCK_ACK_TIMEOUT", "1s",
          "VESTIBULE_UNLOCK_RATE_PER_DOOR", "1000000/s");

  /** The whole log of the building, a record a line. */
  private static final String READ_LOG =
      "EVAL \"local lines = {} "
          + "for _, entry in ipairs(redis.call('XRANGE', redis.call('KEYS', 'vb:*:audit:"
          + Stage.BUILDING
          + "')[1], '-', '+')) do lines[#lines + 1] = entry[2][2] end "
          + "return table.concat(lines, '\\\\n')\" 0";

  private static RedisProcess redis;
  private static RedisProxy line;
  private static Stage stage;
  private static final List<String> IDS = new ArrayList<>();
  private static final List<BusyDoor> ALL = new ArrayList<>();

  /** Of the test that runs. */
  private static List<BusyDoor> current = List.of();

  @BeforeAll
  static void start() throws Exception {
    redis = RedisProcess.startKept();
    line = new RedisProxy(redis);
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("VESTIBULE_REDIS_ENDPOINTS", line.url());
    stage = Stage.set(Jdk.found().get(0), settings, redis);
    for (int number = 0; number < DOOR_COUNT; number++) {
      IDS.add(stage.door());
    }
  }

  @AfterAll
  static void end() {
    stage.close();
    line.close();
  }

  @Test
  void gatewayKilled_nothingIsLost_andNothingOpenedTwice() throws Exception {
    underLoad(stage::crashGateway);
  }

  @Test
  void redisKilled_nothingIsLost_andNothingOpenedTwice() throws Exception {
    // Synced every second, it would forget what it said during a slow sync.
    assertThat(redis.ask("CONFIG SET appendfsync always")).isEqualTo("+OK");
    underLoad(
        () -> {
          redis.kill();
          redis.restart();
        });
  }

  @Test
  void redisStopped_nothingIsLost_andNothingOpenedTwice() throws Exception {
    underLoad(
        () -> {
          redis.signal("STOP");
          awaitOutage();
          redis.signal("CONT");
        });
  }

  @Test
  void lineCut_nothingIsLost_andNothingOpenedTwice() throws Exception {
    underLoad(
        () -> {
          line.refuse(true);
          awaitOutage();
          line.refuse(false);
        });
  }

  @Test
  void repliesHeldUntilTheyAreGivenUp_nothingIsLost_andNothingOpenedTwice() throws Exception {
    underLoad(
        () -> {
          line.hold();
          awaitOutage();
          line.release();
        });
  }

  @Test
  void lineSlow_unlocksGoOn_nothingIsLost_andNothingOpenedTwice() throws Exception {
    underLoad(
        () -> {
          line.slow(Duration.ofMillis(150));
          awaitOpenings(2);
          line.slow(Duration.ZERO);
        });
  }

  @Test
  void diskFull_unlocksAreRefused_nothingIsLost_andNothingOpenedTwice() throws Exception {
    underLoad(
        () -> {
          redis.fillDisk();
          awaitOutage();
          redis.freeDisk();
        });
  }

  private static void underLoad(ThrowingRunnable fault) throws Exception {
    List<BusyDoor> doors = new ArrayList<>();
    for (String id : IDS) {
      String grant = stage.grant(id, "L1", ",\"graceSeconds\":900");
      doors.add(new BusyDoor(stage, id, grant, "boot-" + ALL.size()));
      ALL.add(doors.get(doors.size() - 1));
    }
    current = doors;
    doors.forEach(BusyDoor::start);
    awaitOpenings(OPENINGS_PER_DOOR);
    try {
      fault.run();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    awaitOpenings(OPENINGS_PER_DOOR);
    doors.forEach(BusyDoor::stop);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(LineByLine.differences(witnesses(), log())).isEmpty());
  }

  private static List<LineByLine.Witness> witnesses() {
    return ALL.stream().map(BusyDoor::witness).toList();
  }

  /** Each door has opened so many times more. */
  private static void awaitOpenings(int more) {
    List<Integer> before = current.stream().map(BusyDoor::openedCount).toList();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              for (int index = 0; index < current.size(); index++) {
                if (current.get(index).openedCount() < before.get(index) + more) {
                  return false;
                }
              }
              return true;
            });
  }

  private static void awaitOutage() throws Exception {
    String door = IDS.get(0);
    String request = stage.courier().request(door, "none", "L1");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                stage.operator().unlock(door, request).text("reason").equals("store_unavailable"));
  }

  private static List<JsonNode> log() throws IOException, MalformedJson {
    List<JsonNode> records = new ArrayList<>();
    for (String record : redis.askAll(READ_LOG).split("\n")) {
      records.add(Json.read(record));
    }
    return records;
  }
}
