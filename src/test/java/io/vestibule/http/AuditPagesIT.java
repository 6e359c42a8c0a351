package io.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.access.BuildingId;
import io.vestibule.store.Keys;
import io.vestibule.testing.OnLoop;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditPagesIT {
  private static AuditStage stage;

  @BeforeAll
  static void set() {
    stage = new AuditStage(AuditStage.limits(10));
  }

  @AfterAll
  static void strike() {
    stage.close();
  }

  @BeforeEach
  void empty() {
    stage.flush();
  }

  @AfterEach
  void noBugs() {
    assertThat(stage.bugs()).isZero();
  }

  @Test
  void page_hasTheRecordsInOrder_eachACloudEventWithItsId() {
    stage.write(1, 3);

    HttpResponse<String> page = get("");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode records = AuditStage.json(page.body()).path("records");
    assertThat(ids(records)).isEqualTo(stage.ids());
    JsonNode first = records.get(0);
    assertThat(first.path("specversion").asText()).isEqualTo("1.0");
    assertThat(first.path("source").asText()).isEqualTo("/v1/buildings/elm");
    assertThat(first.path("type").asText()).isEqualTo("vestibule.door.opened");
    assertThat(first.path("subject").asText()).isEqualTo("front");
    assertThat(AuditStage.number(first)).isEqualTo(1);
  }

  @Test
  void buildingWithoutRecords_isAnEmptyPage() {
    assertThat(get("").body()).isEqualTo("{\"records\":[]}");
  }

  @Test
  void next_isThereOnlyWhileThereIsMore_andALastIdIsACursorToo() {
    stage.write(1, 100);
    assertThat(AuditStage.json(get("").body()).has("next")).isFalse();
    stage.write(101, 1);

    JsonNode first = AuditStage.json(get("").body());
    assertThat(first.path("records")).hasSize(100);
    assertThat(first.path("next").asText()).isEqualTo(stage.ids().get(99));
    JsonNode second = AuditStage.json(get("?cursor=" + first.path("next").asText()).body());
    assertThat(second.has("next")).isFalse();
    String last = second.path("records").get(0).path("id").asText();
    assertThat(get("?cursor=" + last).body()).isEqualTo("{\"records\":[]}");
    stage.write(102, 1);
    assertThat(numbers(AuditStage.json(get("?cursor=" + last).body()))).containsExactly(102);
  }

  @Test
  void pages_whileOthersWrite_haveEachRecordOnce_inTheOrderOfRecording() {
    List<CompletableFuture<?>> writing = new ArrayList<>();
    for (int writer = 0; writer < 3; writer++) {
      writing.add(stage.writing(new OnLoop(stage.vertx), writer * 1_000, 1_000));
    }

    List<String> seen = new ArrayList<>();
    boolean done = false;
    while (!done) {
      // Asked before the page, so that the last pages have all.
      done = writing.stream().allMatch(CompletableFuture::isDone);
      done &= readOn(seen) == 0;
    }

    assertThat(seen).hasSize(3_000).doesNotHaveDuplicates().isEqualTo(stage.ids());
  }

  @Test
  void pages_whileOldRecordsAreTrimmed_goOnWithTheOldestKept() {
    stage.write(1, 50);
    List<String> ids = stage.ids();
    stage.command("XTRIM", Keys.audit(AuditStage.ELM.id()), "MINID", ids.get(30));

    JsonNode page = AuditStage.json(get("?cursor=" + ids.get(9) + "&limit=5").body());

    assertThat(ids(page.path("records"))).isEqualTo(ids.subList(30, 35));
  }

  @Test
  void limit_upToAThousand_isReadWhole() {
    stage.write(1, 1_001);

    JsonNode page = AuditStage.json(get("?limit=1000").body());

    assertThat(ids(page.path("records"))).isEqualTo(stage.ids().subList(0, 1_000));
    assertThat(page.path("next").asText()).isEqualTo(stage.ids().get(999));
  }

  @Test
  void pageOfLargeRecords_endsAtItsBound_andGoesOn() {
    String filling = "x".repeat(100_000);
    for (int number = 0; number < 15; number++) {
      int each = number;
      stage.loop.call(() -> stage.log.append(AuditStage.ELM, AuditStage.record(each, filling)));
    }

    JsonNode page = AuditStage.json(get("").body());

    assertThat(numbers(page)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    JsonNode rest = AuditStage.json(get("?cursor=" + page.path("next").asText()).body());
    assertThat(numbers(rest)).containsExactly(11, 12, 13, 14);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=1001, limit",
    "limit=abc, limit",
    "limit=-1, limit",
    "limit=, limit",
    "limit=99999999999, limit",
    "cursor=7, cursor",
    "cursor=01-1, cursor",
    "cursor=1-1-1, cursor",
    "cursor=18446744073709551616-0, cursor",
    "cursor=1-1&cursor=1-1, cursor",
    "limit=5&limit=6, limit",
    "Limit=5, Limit",
    "from=5, from"
  })
  void malformedParameter_is400NamingIt(String query, String named) {
    HttpResponse<String> refused = get("?" + query);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    JsonNode problem = AuditStage.json(refused.body());
    assertThat(problem.path("reason").asText()).isEqualTo("malformed");
    assertThat(problem.path("detail").asText()).contains(named);
  }

  @Test
  void queryThatIsNotEncoded_is400() throws Exception {
    String path = "/v1/buildings/elm/audit?limit=%zz";
    try (StalledReader reader = StalledReader.open(stage.server.port(), path, "*/*")) {
      assertThat(reader.statusLine()).contains(" 400 ");
    }
  }

  @Test
  void emptyCursor_isNone() {
    stage.write(1, 3);

    assertThat(numbers(AuditStage.json(get("?limit=2&cursor=").body()))).containsExactly(1, 2);
  }

  @Test
  void largestCursor_isLegal() {
    stage.write(1, 1);

    assertThat(get("?cursor=18446744073709551615-18446744073709551615").body())
        .isEqualTo("{\"records\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | application/json",
        "*/* | application/json",
        "application/x-ndjson | application/x-ndjson",
        "application/x-ndjson, application/json;q=0.5 | application/x-ndjson",
        "application/x-ndjson;q=0.5, application/json | application/json",
        "application/json;q=0, */* | application/x-ndjson"
      })
  void accept_choosesTheForm(String accept, String type) {
    assertThat(accepting("audit", accept).headers().firstValue("Content-Type")).contains(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "events"})
  void whatIsNotOffered_is406(String route) {
    HttpResponse<String> refused = accepting(route, "text/html, application/json;q=0");

    assertThat(refused.statusCode()).isEqualTo(406);
    assertThat(AuditStage.json(refused.body()).path("reason").asText()).isEqualTo("not_acceptable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "events"})
  void anothersBuilding_andOneThatIsNot_readAs404(String route) {
    stage.write(1, 1);
    for (String building : List.of("oak", "no-such", "%2e%2e")) {
      String path = "/v1/buildings/" + building + "/" + route;
      assertThat(stage.api.get(path, AuditStage.READS).statusCode()).as(path).isEqualTo(404);
    }
    String others = AuditStage.TOKENS.token("others", "audit:read");
    assertThat(stage.api.get("/v1/buildings/elm/" + route, others).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "events"})
  void without_theScope_is403_andAnotherMethodIs405(String route) {
    String path = "/v1/buildings/elm/" + route;
    String writes = AuditStage.TOKENS.token("homes", "policy:write doors:read");

    assertThat(stage.api.get(path, writes).statusCode()).isEqualTo(403);
    assertThat(stage.api.get(path, "none").statusCode()).isEqualTo(401);
    HttpResponse<String> deleted = stage.api.delete(path, AuditStage.READS);
    assertThat(deleted.statusCode()).isEqualTo(405);
    assertThat(deleted.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void operator_readsEveryLog() {
    stage.write(1, 1);
    String operator = AuditStage.TOKENS.token("ops", "operator");

    assertThat(stage.api.get("/v1/buildings/elm/audit", operator).body()).contains("\"seq\":1");
  }

  @Test
  void foreignEntries_areToldInTheirPlace_andCounted() {
    String key = Keys.audit(AuditStage.ELM.id());
    double before = unreadable("record");
    stage.write(1, 1);
    stage.command("XADD", key, "*", "record", "{\"half\":");
    stage.command("XADD", key, "*", "other", "{}");
    stage.command("XADD", key, "*", "record", "{\"specversion\":\"1.0\",\"type\":\"t\"}\n{}");
    stage.command("XADD", key, "*", "record", ofAnotherBuilding());
    stage.write(2, 1);

    JsonNode records = AuditStage.json(get("").body()).path("records");

    assertThat(records.findValuesAsText("type"))
        .containsExactly(
            "vestibule.door.opened",
            "vestibule.audit.unreadable",
            "vestibule.audit.unreadable",
            "vestibule.audit.unreadable",
            "vestibule.audit.unreadable",
            "vestibule.door.opened");
    assertThat(ids(records)).isEqualTo(stage.ids());
    assertThat(records.get(1).path("source").asText()).isEqualTo("/v1/buildings/elm");
    assertThat(unreadable("record") - before).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson"})
  void keyOfAnotherType_is503_andCounted(String accept) {
    double before = unreadable("log");
    stage.command("SET", Keys.audit(AuditStage.ELM.id()), "no stream");

    HttpResponse<String> refused = accepting("audit", accept);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(AuditStage.json(refused.body()).path("reason").asText())
        .isEqualTo("store_unavailable");
    assertThat(unreadable("log") - before).isEqualTo(1);
  }

  @Test
  void ndjson_hasEveryRecordOnALineOfItsOwn() {
    stage.write(1, 350);

    List<String> lines = accepting("audit", "application/x-ndjson").body().lines().toList();

    assertThat(lines.stream().map(line -> AuditStage.json(line).path("id").asText()).toList())
        .isEqualTo(stage.ids());
    assertThat(ndjson("?cursor=" + stage.ids().get(340))).hasSize(9);
    assertThat(ndjson("?limit=150")).isEqualTo(lines.subList(0, 150));
    stage.awaitOpen("ndjson", 0);
  }

  @Test
  void ndjson_ofALogWithoutRecords_isEmpty() {
    assertThat(ndjson("")).isEmpty();
  }

  private List<String> ndjson(String query) {
    return stage
        .api
        .send(
            stage
                .api
                .request("/v1/buildings/elm/audit" + query)
                .header("Authorization", "Bearer " + AuditStage.READS)
                .header("Accept", "application/x-ndjson"))
        .body()
        .lines()
        .toList();
  }

  private static String ofAnotherBuilding() {
    return io.vestibule.audit.RecordJson.write(
        new io.vestibule.audit.AuditRecord(
            io.vestibule.audit.RecordType.DOOR_OPENED,
            new BuildingId("oak"),
            java.util.Optional.empty(),
            java.time.Instant.EPOCH,
            java.time.Instant.EPOCH,
            java.util.Map.of()));
  }

  /** How many were new. */
  private static int readOn(List<String> seen) {
    String cursor = seen.isEmpty() ? "" : "&cursor=" + seen.get(seen.size() - 1);
    JsonNode page = AuditStage.json(get("?limit=37" + cursor).body());
    seen.addAll(ids(page.path("records")));
    return page.path("records").size();
  }

  private static double unreadable(String what) {
    return stage.registry.get("vestibule.audit.unreadable").tag("what", what).counter().count();
  }

  private static HttpResponse<String> get(String query) {
    return stage.api.get("/v1/buildings/elm/audit" + query, AuditStage.READS);
  }

  private static HttpResponse<String> accepting(String route, String accept) {
    return stage.api.send(
        stage
            .api
            .request("/v1/buildings/elm/" + route)
            .header("Authorization", "Bearer " + AuditStage.READS)
            .header("Accept", accept));
  }

  private static List<String> ids(JsonNode records) {
    return records.findValuesAsText("id");
  }

  private static List<Integer> numbers(JsonNode page) {
    List<Integer> numbers = new ArrayList<>();
    page.path("records").forEach(record -> numbers.add(AuditStage.number(record)));
    return numbers;
  }
}
