package io.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vestibule.app.pki.DevPki;
import io.vestibule.config.HttpConfig;
import io.vestibule.store.Keys;
import io.vestibule.testing.HttpApi;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.Pem;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamIT {
  private AuditStage stage;

  @BeforeEach
  void set() {
    stage = new AuditStage(AuditStage.limits(3));
  }

  @AfterEach
  void strike() {
    assertThat(stage.bugs()).isZero();
    stage.close();
  }

  @Test
  void events_withoutALastId_areThoseFromNowOn() {
    stage.write(1, 5);
    try (EventReader reader = stage.events().awaitStarted()) {
      assertThat(reader.status()).isEqualTo(200);
      assertThat(reader.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(reader.header("Cache-Control")).isEqualTo("no-store");
      assertThat(reader.lastId()).isEqualTo(stage.ids().get(4));

      stage.write(6, 3);

      assertThat(reader.awaitCount(3).numbers()).containsExactly(6, 7, 8);
      assertThat(reader.events.stream().map(EventReader.Event::id).toList())
          .isEqualTo(stage.ids().subList(5, 8));
      assertThat(AuditStage.json(reader.events.get(0).data()).path("id").asText())
          .isEqualTo(reader.events.get(0).id());
      assertThat(reader.retries).containsExactly("2000");
      assertThat(stage.open("events")).isEqualTo(1);
      assertThat(stage.requests("/v1/buildings/{building}/events")).isEqualTo(1);
    }
    stage.awaitOpen("events", 0);
    assertThat(stage.ended("closed")).isEqualTo(1);
    assertThat(stage.requests("/v1/buildings/{building}/events")).isEqualTo(1);
    assertThat(stage.timedCount()).isZero();
  }

  @Test
  void events_acrossDroppedConnections_whileOthersWrite_haveNoGapAndNoRepeat() {
    List<EventReader.Event> seen = new ArrayList<>();
    EventReader reader = stage.events().awaitStarted();
    List<CompletableFuture<?>> writing = new ArrayList<>();
    for (int writer = 0; writer < 3; writer++) {
      writing.add(stage.writing(new OnLoop(stage.vertx), writer * 2_000, 2_000));
    }

    while (seen.size() + reader.events.size() < 6_000) {
      reader.awaitCount(Math.min(700, 6_000 - seen.size()));
      reader.close();
      String last = reader.awaitEnd().lastId();
      seen.addAll(reader.events);
      reader = stage.events("Last-Event-ID", last).awaitStarted();
    }
    seen.addAll(reader.events);
    reader.close();

    writing.forEach(OnLoop::await);
    assertThat(seen.stream().map(EventReader.Event::id).toList())
        .doesNotHaveDuplicates()
        .isEqualTo(stage.ids());
  }

  @Test
  void reader_cutBeforeItsFirstEvent_resumesWithoutAGap() {
    EventReader cut = stage.events().awaitStarted();
    cut.close();
    stage.write(1, 2);

    try (EventReader reader = stage.events("Last-Event-ID", cut.lastId())) {
      assertThat(reader.awaitCount(2).numbers()).containsExactly(1, 2);
      assertThat(reader.comments).isEmpty();
    }
  }

  @Test
  void resuming_pastWhatIsKept_startsAtTheOldest_andIsTold() {
    stage.write(1, 40);
    List<String> ids = stage.ids();
    stage.command("XTRIM", Keys.audit(AuditStage.ELM.id()), "MINID", ids.get(30));

    try (EventReader reader = stage.events("Last-Event-ID", ids.get(3)).awaitCount(10)) {
      assertThat(reader.numbers().get(0)).isEqualTo(31);
      assertThat(reader.comments.get(0)).contains("begins at " + ids.get(30), ids.get(3));
    }
    try (EventReader reader = stage.events("Last-Event-ID", ids.get(35)).awaitCount(4)) {
      assertThat(reader.comments).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "abc", "1-1-1", "1-x", "99999999999999999999-0"})
  void malformedLastId_is400(String id) {
    HttpResponse<String> refused = stage.api.send(request().header("Last-Event-ID", id));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(AuditStage.json(refused.body()).path("detail").asText()).contains("Last-Event-ID");
  }

  /** What a reader that has seen no event yet may send. */
  @Test
  void emptyLastId_isNone() {
    stage.write(1, 2);
    try (EventReader reader = stage.events("Last-Event-ID", "").awaitStarted()) {
      stage.write(3, 1);

      assertThat(reader.awaitCount(1).numbers()).containsExactly(3);
    }
  }

  @Test
  void parameter_ofEvents_is400() {
    assertThat(stage.api.get("/v1/buildings/elm/events?cursor=1-1", AuditStage.READS).statusCode())
        .isEqualTo(400);
  }

  @Test
  void redisAway_leavesTheStreamOpenWithHeartbeats_andItGoesOnWithoutAGap() {
    stage.write(1, 2);
    try (EventReader reader = stage.events("Last-Event-ID", "0-0").awaitCount(2)) {
      stage.line.refuse(true);
      stage.write(3, 200);
      stage.time.advance(Duration.ofSeconds(15));
      await().atMost(AuditStage.PATIENCE).until(() -> !reader.comments.isEmpty());
      assertThat(reader.events).hasSize(2);
      stage.line.refuse(false);

      reader.awaitCount(202);

      assertThat(reader.numbers()).isEqualTo(IntStream.rangeClosed(1, 202).boxed().toList());
    }
  }

  @Test
  void redisCrashAndReturn_leavesTheStreamOpen_withoutAGap() throws Exception {
    try (EventReader reader = stage.events().awaitStarted()) {
      stage.write(1, 2);
      reader.awaitCount(2);
      stage.redis.kill();
      stage.redis.restart();
      await().atMost(AuditStage.PATIENCE).until(stage.control::connected);

      stage.write(3, 2);

      assertThat(reader.awaitCount(4).numbers()).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void heartbeat_comesEvery15Seconds() {
    try (EventReader reader = stage.events().awaitStarted()) {
      for (int count = 1; count <= 3; count++) {
        int expected = count;
        stage.time.advance(Duration.ofSeconds(15));
        await().atMost(AuditStage.PATIENCE).until(() -> reader.comments.size() == expected);
      }
      assertThat(reader.comments).containsOnly("heartbeat");
    }
  }

  @Test
  void slowReader_isCut_whileAnotherGetsAll() throws Exception {
    try (EventReader reader = stage.events().awaitStarted();
        StalledReader stalled =
            StalledReader.open(
                stage.server.port(), "/v1/buildings/elm/events", "text/event-stream")) {
      stage.awaitOpen("events", 2);
      String filling = "x".repeat(50_000);
      for (int number = 0; number < 200; number++) {
        int each = number;
        stage.loop.call(() -> stage.log.append(AuditStage.ELM, AuditStage.record(each, filling)));
      }
      reader.awaitCount(200);
      assertThat(stage.open("events")).isEqualTo(2);

      stage.time.advance(Duration.ofSeconds(11));

      stage.awaitEnded("unread", 1);
      // What waited for it here is dropped; only what the kernel holds is left of 10 MB.
      assertThat(stalled.rest()).isLessThan(8_000_000);
      stage.write(200, 1);
      reader.awaitCount(201);
      assertThat(reader.numbers()).isEqualTo(IntStream.rangeClosed(0, 200).boxed().toList());
    }
  }

  @Test
  void readerThatFellBehind_andReadsOn_getsAll() throws Exception {
    try (StalledReader stalled =
        StalledReader.open(stage.server.port(), "/v1/buildings/elm/events", "text/event-stream")) {
      stage.awaitOpen("events", 1);
      String filling = "x".repeat(50_000);
      for (int number = 0; number < 200; number++) {
        int each = number;
        stage.loop.call(() -> stage.log.append(AuditStage.ELM, AuditStage.record(each, filling)));
      }

      List<String> ids = stalled.idsUntil(stage.ids().get(199));

      assertThat(ids.subList(ids.size() - 200, ids.size())).isEqualTo(stage.ids());
      assertThat(stage.ended("unread")).isZero();
    }
  }

  @Test
  void ndjsonReaderThatDoesNotRead_isCut_andLittleWaitsForIt() throws Exception {
    String filling = "x".repeat(50_000);
    for (int number = 0; number < 300; number++) {
      int each = number;
      stage.loop.call(() -> stage.log.append(AuditStage.ELM, AuditStage.record(each, filling)));
    }
    try (StalledReader stalled =
        StalledReader.open(
            stage.server.port(), "/v1/buildings/elm/audit", "application/x-ndjson")) {
      stage.awaitOpen("ndjson", 1);

      await()
          .atMost(AuditStage.PATIENCE)
          .until(
              () -> {
                stage.time.advance(Duration.ofSeconds(11));
                return stage.ended("unread") == 1;
              });

      double served =
          stage
              .registry
              .get("vestibule.audit.records.served")
              .tag("kind", "ndjson")
              .counter()
              .count();
      assertThat(served).isLessThan(200);
      assertThat(stalled.whole()).isFalse();
    }
  }

  @Test
  void tokenThatExpires_endsItsStream() {
    String token =
        AuditStage.TOKENS.ec(
            io.vestibule.testing.HttpTokens.claims("homes", "audit:read")
                .expirationTime(Date.from(stage.time.now().plusSeconds(60)))
                .build());
    try (EventReader reader =
            EventReader.open(
                stage
                    .api
                    .request("/v1/buildings/elm/events")
                    .header("Authorization", "Bearer " + token));
        EventReader other = stage.events().awaitStarted()) {
      reader.awaitStarted();
      stage.time.advance(Duration.ofSeconds(59));
      stage.write(1, 1);
      assertThat(reader.awaitCount(1).numbers()).containsExactly(1);

      stage.time.advance(Duration.ofSeconds(2));

      reader.awaitEnd();
      stage.awaitEnded("expired", 1);
      stage.write(2, 1);
      other.awaitCount(2);
      assertThat(reader.numbers()).containsExactly(1);
    }
  }

  @Test
  void buildingGivenToAnother_orDeleted_endsItsStreams() {
    try (EventReader reader = stage.events().awaitStarted()) {
      stage.directory.buildings.put(AuditStage.ELM.id(), AuditStage.building("elm", "others"));
      reader.awaitEnd();
      stage.awaitEnded("revoked", 1);
    }
    stage.directory.buildings.put(AuditStage.ELM.id(), AuditStage.ELM);
    try (EventReader reader = stage.events().awaitStarted()) {
      stage.directory.buildings.remove(AuditStage.ELM.id());
      reader.awaitEnd();
      stage.awaitEnded("revoked", 2);
    }
  }

  @Test
  void directoryAway_endsNoStream() {
    try (EventReader reader = stage.events().awaitStarted()) {
      stage.directory.gone = true;
      stage.time.advance(Duration.ofSeconds(15));
      await().atMost(AuditStage.PATIENCE).until(() -> !reader.comments.isEmpty());
      stage.directory.gone = false;
      stage.write(1, 1);
      reader.awaitCount(1);
    }
  }

  @Test
  void streamsPastTheBound_areRefused_untilOneEnds() {
    List<EventReader> readers = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      readers.add(stage.events().awaitStarted());
    }

    HttpResponse<String> refused = stage.api.send(request());

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(AuditStage.json(refused.body()).path("reason").asText()).isEqualTo("overloaded");
    assertThat(refused.headers().firstValue("Retry-After")).contains("5");
    assertThat(stage.registry.get("vestibule.http.streams.refused").counter().count()).isEqualTo(1);
    assertThat(stage.api.get("/v1/buildings/elm/audit", AuditStage.READS).statusCode())
        .isEqualTo(200);
    readers.get(0).close();
    stage.awaitOpen("events", 2);
    stage.events().awaitStarted().close();
    readers.forEach(EventReader::close);
  }

  @Test
  void drain_endsStreamsAtOnce_alsoOneThatIsNotRead() throws Exception {
    String filling = "x".repeat(50_000);
    for (int number = 0; number < 200; number++) {
      int each = number;
      stage.loop.call(() -> stage.log.append(AuditStage.ELM, AuditStage.record(each, filling)));
    }
    try (EventReader reader = stage.events().awaitStarted();
        StalledReader stalled =
            StalledReader.open(
                stage.server.port(), "/v1/buildings/elm/audit", "application/x-ndjson")) {
      stage.awaitOpen("ndjson", 1);

      CompletableFuture<Void> stopped =
          stage
              .server
              .stopAccepting(Duration.ofMinutes(5))
              .toCompletionStage()
              .toCompletableFuture();

      reader.awaitEnd();
      OnLoop.await(stopped);
      assertThat(stage.ended("drained")).isEqualTo(2);
      assertThat(stalled.whole()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void events_overTls_speakBothVersions_andEndWithoutTheirConnection(
      HttpClient.Version version, @TempDir Path pki) throws Exception {
    DevPki.create(pki, List.of());
    HttpConfig.Tls tls =
        new HttpConfig.Tls(0, pki.resolve("server.pem"), pki.resolve("server-key.pem"));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, Pem.trust(pki.resolve("ca.pem")).getTrustManagers(), null);
    HttpClient client = HttpClient.newBuilder().sslContext(context).version(version).build();
    try (AuditStage secure = new AuditStage(AuditStage.limits(3), Optional.of(tls))) {
      HttpApi api = new HttpApi(client, "https://localhost:" + secure.server.tlsPort());
      secure.write(1, 3);

      EventReader reader =
          EventReader.open(
              client,
              api.request("/v1/buildings/elm/events")
                  .header("Authorization", "Bearer " + AuditStage.READS),
              "Last-Event-ID",
              "0-0");

      assertThat(reader.awaitCount(3).numbers()).containsExactly(1, 2, 3);
      HttpResponse<String> page = api.get("/v1/buildings/elm/audit", AuditStage.READS);
      assertThat(page.version()).isEqualTo(version);
      assertThat(page.statusCode()).isEqualTo(200);
      reader.close();
      secure.awaitEnded("closed", 1);
      assertThat(secure.bugs()).isZero();
    }
  }

  private java.net.http.HttpRequest.Builder request() {
    return stage
        .api
        .request("/v1/buildings/elm/events")
        .header("Authorization", "Bearer " + AuditStage.READS);
  }
}
