package io.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Reason;
import io.vestibule.json.Json;
import io.vestibule.store.Keys;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisFixture;
import io.vestibule.testing.SimTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Denials of a building, minute by minute, in real Redis. */
class DenialsIT {
  private static final Instant START = Instant.parse("2026-11-23T08:00:20Z");
  private static final BuildingId ELM = new BuildingId("elm-12");
  private static final int BOUND = 60;

  private static RedisFixture fixture;
  private static RedisAuditLog log;
  private static SimTime time;
  private static SuppressedRecords suppressed;

  @BeforeAll
  static void start() throws IOException {
    fixture = new RedisFixture();
    log = new RedisAuditLog(fixture.store);
    time = new SimTime(START);
    suppressed = new SuppressedRecords(fixture.store, time);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.flush();
    time.set(START);
  }

  @Test
  void denial_isARecord() throws Exception {
    assertThat(deny(ELM, Reason.EXPIRED)).isTrue();

    JsonNode record = Json.read(records().get(0));
    assertThat(record.path("type").asText()).isEqualTo("vestibule.unlock.denied");
    assertThat(record.path("data").path("reason").asText()).isEqualTo("expired");
    assertThat(fixture.command("PTTL", Keys.audit(ELM)).number()).isPositive();
    assertThat(fixture.command("PTTL", Keys.denials(ELM)).number()).isBetween(1L, 120_000L);
  }

  @Test
  void denialsPastTheBound_areCounted_andInOneRecordOnceTheNextMinuteSeesADenial()
      throws Exception {
    denyTimes(BOUND, Reason.EXPIRED);
    assertThat(deny(ELM, Reason.RATE_LIMITED)).isFalse();
    assertThat(deny(ELM, Reason.EXPIRED)).isFalse();
    assertThat(deny(ELM, Reason.RATE_LIMITED)).isFalse();
    assertThat(records()).hasSize(BOUND);

    time.advance(Duration.ofSeconds(40));
    assertThat(deny(ELM, Reason.EXPIRED)).isTrue();

    assertThat(records()).hasSize(BOUND + 2);
    assertThat(Json.read(records().get(BOUND)))
        .isEqualTo(
            Json.read(
                """
                {"specversion":"1.0","source":"/v1/buildings/elm-12",
                 "type":"vestibule.unlock.suppressed",
                 "time":"2026-11-23T08:00:00Z","receivedat":"2026-11-23T08:01:00Z",
                 "datacontenttype":"application/json",
                 "data":{"minute":"2026-11-23T08:00:00Z","count":3,
                         "reasons":{"rate_limited":2,"expired":1}}}
                """));
    sweep();
    assertThat(records()).hasSize(BOUND + 2);
  }

  @Test
  void countedDenials_areOnRecordAfterTheirMinute_alsoIfNoneComesLater() {
    denyTimes(BOUND + 5, Reason.TOO_FAR);
    time.advance(Duration.ofSeconds(39));
    sweep();
    assertThat(records()).hasSize(BOUND);

    time.advance(Duration.ofSeconds(1));
    sweep();
    sweep();

    assertThat(records()).hasSize(BOUND + 1);
    assertThat(records().get(BOUND)).contains("suppressed", "\"count\":5", "\"too_far\":5");
    assertThat(fixture.command("EXISTS", Keys.suppressed(Keys.shard(ELM))).number()).isZero();
    assertThat(fixture.command("PTTL", Keys.denials(ELM)).number()).isPositive();
  }

  @Test
  void countedDenials_doNotEndBeforeTheyAreOnRecord() {
    denyTimes(BOUND + 1, Reason.EXPIRED);

    assertThat(fixture.command("PTTL", Keys.denials(ELM)).number()).isEqualTo(-1);
  }

  @Test
  void severalGatewaysAtOnce_writeOneRecord() {
    denyTimes(BOUND + 1, Reason.EXPIRED);
    time.advance(Duration.ofMinutes(1));
    OnLoop other = new OnLoop(fixture.vertx);

    List<CompletableFuture<Integer>> sweeps = new ArrayList<>();
    for (int count = 0; count < 10; count++) {
      OnLoop loop = count % 2 == 0 ? fixture.loop : other;
      sweeps.add(loop.start(() -> suppressed.write(shard())));
    }
    sweeps.forEach(OnLoop::await);

    assertThat(records()).filteredOn(text -> text.contains("suppressed")).hasSize(1);
  }

  @Test
  void gatewayWhoseClockIsBehind_countsInTheLatestMinute_andBeginsNoneAgain() {
    time.advance(Duration.ofMinutes(1));
    denyTimes(BOUND, Reason.EXPIRED);
    time.step(Duration.ofMinutes(-1));

    assertThat(deny(ELM, Reason.EXPIRED)).isFalse();

    time.step(Duration.ofMinutes(2));
    sweep();
    time.step(Duration.ofMinutes(-1));
    denyTimes(BOUND, Reason.EXPIRED);
    assertThat(deny(ELM, Reason.EXPIRED)).isFalse();
    assertThat(records()).filteredOn(text -> text.contains("suppressed")).hasSize(1);
    assertThat(records().get(BOUND)).contains("\"minute\":\"2026-11-23T08:01:00Z\"", "\"count\":1");
  }

  @Test
  void bound_isEachBuildingsOwn_andEachMinutes() {
    denyTimes(BOUND + 1, Reason.EXPIRED);

    assertThat(deny(new BuildingId("oak-3"), Reason.EXPIRED)).isTrue();
    time.advance(Duration.ofMinutes(1));
    assertThat(deny(ELM, Reason.EXPIRED)).isTrue();
  }

  private static void denyTimes(int times, Reason reason) {
    for (int count = 0; count < times; count++) {
      deny(ELM, reason);
    }
  }

  private static boolean deny(BuildingId building, Reason reason) {
    AuditRecord record =
        new AuditRecord(
            RecordType.UNLOCK_DENIED,
            building,
            Optional.of(new DoorId("front")),
            time.now(),
            time.now(),
            Map.of("reason", reason.code()));
    return fixture.loop.call(() -> log.append(new Denial(record, reason, 90)));
  }

  private static void sweep() {
    fixture.loop.call(() -> suppressed.write(shard()));
  }

  private static int shard() {
    return Integer.parseInt(Keys.shard(ELM), 16);
  }

  private static List<String> records() {
    return fixture.records(Keys.audit(ELM));
  }
}
