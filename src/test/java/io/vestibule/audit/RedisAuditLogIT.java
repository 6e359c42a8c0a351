package io.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Status;
import io.vestibule.json.Json;
import io.vestibule.store.Keys;
import io.vestibule.testing.RedisFixture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisAuditLogIT {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final DoorId DOOR = new DoorId("elm-12-front");
  private static final Building ELM =
      new Building(
          new BuildingId("elm-12"),
          new ManagerId("homes"),
          ZoneId.of("Europe/Berlin"),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Status.ACTIVE,
          30);

  private static RedisFixture fixture;
  private static RedisAuditLog log;

  @BeforeAll
  static void start() throws IOException {
    fixture = new RedisFixture();
    log = new RedisAuditLog(fixture.store);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.flush();
  }

  @Test
  void record_isACloudEvent_andTheLogEndsWithItsRetention() throws Exception {
    AuditRecord record =
        new AuditRecord(
            RecordType.DOOR_ONLINE,
            ELM.id(),
            Optional.of(DOOR),
            NOW,
            NOW.plusMillis(20),
            Map.of("node", "n1"));

    fixture.loop.call(() -> log.append(ELM, record));

    assertThat(Json.read(records().get(0)))
        .isEqualTo(
            Json.read(
                """
                {"specversion":"1.0","source":"/v1/buildings/elm-12",
                 "type":"vestibule.door.online","subject":"elm-12-front",
                 "time":"2026-11-23T08:00:00Z","receivedat":"2026-11-23T08:00:00.020Z",
                 "datacontenttype":"application/json","data":{"node":"n1"}}
                """));
    assertThat(fixture.command("PTTL", Keys.audit(ELM.id())).number())
        .isBetween(Duration.ofDays(30).toMillis() - 60_000, Duration.ofDays(30).toMillis());
  }

  @Test
  void append_trimsNothing_forItsGatewaysClockMayBeWrong() {
    addRecords(500, Instant.now().minus(Duration.ofDays(60)));

    fixture.loop.call(() -> log.append(ELM, event("b", 1, NOW.plus(Duration.ofDays(3_000)))));
    fixture.loop.call(() -> log.append(ELM, record()));

    assertThat(records()).hasSize(502);
  }

  @Test
  void trimming_removesAllPastTheRetention_andNothingYounger() {
    addRecords(550, Instant.now().minus(Duration.ofDays(31)));
    addRecords(50, Instant.now().minus(Duration.ofDays(29)));
    noteRetention("30");

    trim();

    assertThat(records()).hasSize(50);
  }

  @Test
  void trimming_removesABoundedCountAtATime() {
    addRecords(12_000, Instant.now().minus(Duration.ofDays(31)));
    noteRetention("30");

    trim();
    assertThat(count()).isBetween(1L, 2_000L);

    trim();
    assertThat(count()).isZero();
  }

  @Test
  void trimming_isToldOfAShorterRetention_byTheRecordOfIt() {
    addRecords(5, Instant.now().minus(Duration.ofDays(31)));
    noteRetention("90");
    trim();
    assertThat(records()).hasSize(5);

    fixture.loop.call(() -> log.append(ELM, record()));
    trim();

    assertThat(records()).hasSize(1);
  }

  @Test
  void buildingThatIsGone_isForgottenWithItsLog_andOneThatIsThereIsNot() {
    String retention = Keys.retention(Keys.shard(ELM.id()));
    fixture.loop.call(() -> log.append(ELM, record()));
    trim();
    assertThat(fixture.command("HEXISTS", retention, ELM.id().text()).number()).isOne();

    fixture.command("DEL", Keys.audit(ELM.id()));
    fixture.command("SET", Keys.building(ELM.id()), "{}");
    trim();
    assertThat(fixture.command("HEXISTS", retention, ELM.id().text()).number()).isOne();

    fixture.command("DEL", Keys.building(ELM.id()));
    trim();
    assertThat(fixture.command("EXISTS", retention).number()).isZero();
  }

  @Test
  void owner_isWhoseLogItIs_whileThereIsOne() {
    assertThat(fixture.loop.call(() -> log.owner(ELM.id()))).isEmpty();

    fixture.loop.call(() -> log.append(ELM, record()));
    assertThat(fixture.loop.call(() -> log.owner(ELM.id()))).contains(ELM.manager());

    fixture.command("DEL", Keys.audit(ELM.id()));
    trim();
    assertThat(fixture.loop.call(() -> log.owner(ELM.id()))).isEmpty();
  }

  @Test
  void namedRecord_isStoredOnce_alsoByAnotherGateway() {
    RedisAuditLog other = new RedisAuditLog(fixture.store);

    assertThat(fixture.loop.call(() -> log.appendOnce(ELM, record(), "late_ack:u1"))).isTrue();
    assertThat(fixture.loop.call(() -> other.appendOnce(ELM, record(), "late_ack:u1"))).isFalse();
    assertThat(fixture.loop.call(() -> log.appendOnce(ELM, record(), "late_ack:u2"))).isTrue();

    assertThat(records()).hasSize(2);
    assertThat(fixture.command("PTTL", Keys.recorded(ELM.id(), "late_ack:u1")).number())
        .isGreaterThan(Duration.ofHours(24).toMillis());
  }

  @Test
  void event_isStoredOnce_andTellsBootAndSeq() {
    assertThat(append("b1", 7)).isTrue();
    assertThat(append("b1", 7)).isFalse();

    assertThat(records()).hasSize(1);
    assertThat(records().get(0))
        .contains("\"type\":\"vestibule.door.opened\"", "\"boot\":\"b1\"", "\"seq\":7");
  }

  @Test
  void sameSeqOfAnotherBootOrDoor_isAnotherEvent() {
    append("b1", 7);

    assertThat(append("b2", 7)).isTrue();
    DoorEvent other = new DoorEvent(new DoorId("back"), RecordType.DOOR_OPENED, NOW, NOW, "b1", 7);
    assertThat(fixture.loop.call(() -> log.append(ELM, other))).isTrue();
  }

  @Test
  void eventsInAnyOrder_areEachStoredOnce() {
    Random random = new Random(7);
    Set<Long> seen = new HashSet<>();
    for (int count = 0; count < 1_500; count++) {
      long seq = random.nextInt(900);
      assertThat(append("b1", seq)).as("seq %d", seq).isEqualTo(seen.add(seq));
    }
    assertThat(records()).hasSize(seen.size());
  }

  @Test
  void seqsBelowAllThatIsRemembered_areStored() {
    append("b1", 5_000);

    assertThat(append("b1", 4_001)).isTrue();
    assertThat(append("b1", 4_000)).isTrue();
    assertThat(append("b1", 4_001)).isFalse();
    assertThat(append("b1", 5_000)).isFalse();
    assertThat(append("b1", 1L << 52)).isTrue();
    assertThat(append("b1", 1L << 52)).isFalse();
    assertThat(append("b1", (1L << 52) - 1)).isTrue();
    assertThat(append("b1", 5_000)).isTrue();
    assertThat(append("b1", 1L << 52)).isFalse();
    assertThat(records()).hasSize(6);
  }

  @Test
  void bootsBeyondTheEighth_pushOutTheOneLongestUnheard() {
    for (int boot = 0; boot < 8; boot++) {
      append("b" + boot, 1, NOW.plusSeconds(boot));
    }
    append("b0", 2, NOW.plusSeconds(8));
    append("b8", 1, NOW.plusSeconds(9));

    assertThat(fixture.command("HLEN", Keys.events(ELM.id(), DOOR)).number()).isEqualTo(8);
    assertThat(append("b0", 1, NOW.plusSeconds(10))).isFalse();
    assertThat(append("b1", 1, NOW.plusSeconds(10))).isTrue();
    assertThat(fixture.command("PTTL", Keys.events(ELM.id(), DOOR)).number()).isPositive();
  }

  private static void addRecords(int count, Instant from) {
    fixture.command(
        "EVAL",
        "for n = 1, ARGV[1] do redis.call('XADD', KEYS[1], (ARGV[2] + n)..'-0', 'record', 'r') end",
        "1",
        Keys.audit(ELM.id()),
        Integer.toString(count),
        Long.toString(from.toEpochMilli()));
  }

  private static void noteRetention(String days) {
    fixture.command("HSET", Keys.retention(Keys.shard(ELM.id())), ELM.id().text(), days);
  }

  private static void trim() {
    fixture.loop.call(
        () -> new Trimming(fixture.store).trim(Integer.parseInt(Keys.shard(ELM.id()), 16)));
  }

  private static long count() {
    return fixture.command("XLEN", Keys.audit(ELM.id())).number();
  }

  private static AuditRecord record() {
    Instant now = Instant.now();
    return new AuditRecord(RecordType.DOOR_ONLINE, ELM.id(), Optional.of(DOOR), now, now, Map.of());
  }

  private static List<String> records() {
    return fixture.records(Keys.audit(ELM.id()));
  }

  private static boolean append(String boot, long seq) {
    return append(boot, seq, NOW);
  }

  private static boolean append(String boot, long seq, Instant at) {
    return fixture.loop.call(() -> log.append(ELM, event(boot, seq, at)));
  }

  private static DoorEvent event(String boot, long seq, Instant at) {
    return new DoorEvent(DOOR, RecordType.DOOR_OPENED, at, at, boot, seq);
  }
}
