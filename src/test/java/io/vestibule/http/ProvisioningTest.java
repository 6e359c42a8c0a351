package io.vestibule.http;

import static io.vestibule.http.HttpFixture.header;
import static io.vestibule.http.HttpFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.access.DoorId;
import io.vestibule.command.Presence;
import io.vestibule.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvisioningTest {
  private static final String BUILDING =
      "{\"timezone\":\"America/New_York\",\"consent\":{\"givenBy\":\"board\","
          + "\"givenAt\":\"2026-01-02T03:04:05Z\"},\"admits\":[]}";
  private static final String DOOR = "{\"building\":\"b-1\",\"name\":\"front\",\"holdSeconds\":7}";
  private static final String ALL = "policy:write doors:write couriers:write grants:write";

  private final String own = HttpFixture.TOKENS.token("m-1", ALL);
  private final String foreign = HttpFixture.TOKENS.token("m-2", ALL);
  private final String operator = HttpFixture.TOKENS.token("ops", "operator");
  private HttpFixture http;

  @BeforeEach
  void start() {
    http = new HttpFixture();
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  @Test
  void building_is201ThenShownThen200ThenGone() {
    HttpResponse<String> created = put("/v1/buildings/b-1", own, BUILDING);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).path("manager").asText()).isEqualTo("m-1");
    HttpResponse<String> shown = http.api.get("/v1/buildings/b-1", own);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body()).isEqualTo(created.body());

    assertThat(put("/v1/buildings/b-1", own, BUILDING).statusCode()).isEqualTo(200);
    HttpResponse<String> deleted = http.api.delete("/v1/buildings/b-1", own);
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(http.api.get("/v1/buildings/b-1", own).statusCode()).isEqualTo(404);
    assertThat(http.api.delete("/v1/buildings/b-1", own).statusCode()).isEqualTo(404);
  }

  @Test
  void operator_namesTheManager_andATenantNamesNoOther() {
    HttpResponse<String> unnamed = put("/v1/buildings/b-1", operator, BUILDING);
    assertThat(unnamed.statusCode()).isEqualTo(400);
    assertThat(pointers(unnamed)).containsExactly("/manager");
    String named = BUILDING.replace("{\"timezone", "{\"manager\":\"m-1\",\"timezone");

    assertThat(put("/v1/buildings/b-1", operator, named).statusCode()).isEqualTo(201);
    assertThat(http.api.get("/v1/buildings/b-1", own).statusCode()).isEqualTo(200);
    assertThat(put("/v1/buildings/b-1", own, named).statusCode()).isEqualTo(200);
    assertThat(put("/v1/buildings/b-9", foreign, named).statusCode()).isEqualTo(400);
    assertThat(put("/v1/buildings/b-1", operator, named.replace("m-1", "m-2")).statusCode())
        .isEqualTo(409);
    assertThat(put("/v1/doors/d-1", operator, DOOR).statusCode()).isEqualTo(201);
    assertThat(http.api.get("/v1/doors/d-1", own).statusCode()).isEqualTo(200);
    assertThat(http.api.delete("/v1/doors/d-1", operator).statusCode()).isEqualTo(204);
  }

  @Test
  void foreignObjects_are404_forReadsAndWritesAlike() {
    put("/v1/buildings/b-1", own, BUILDING);
    put("/v1/doors/d-1", own, DOOR);
    put("/v1/couriers/c-1", own, "{\"keys\":[]}");

    for (HttpResponse<String> response :
        List.of(
            http.api.get("/v1/buildings/b-1", foreign),
            put("/v1/buildings/b-1", foreign, BUILDING),
            http.api.delete("/v1/buildings/b-1", foreign),
            http.api.post("/v1/buildings/b-1/lockdown", foreign, ""),
            http.api.get("/v1/buildings/b-1/lockdown", foreign),
            http.api.delete("/v1/buildings/b-1/lockdown", foreign),
            http.api.get("/v1/doors/d-1", foreign),
            put("/v1/doors/d-1", foreign, DOOR),
            put("/v1/doors/d-2", foreign, DOOR),
            http.api.delete("/v1/doors/d-1", foreign),
            http.api.get("/v1/couriers/c-1", foreign),
            put("/v1/couriers/c-1", foreign, "{\"keys\":[]}"),
            http.api.delete("/v1/couriers/c-1", foreign))) {
      assertThat(response.statusCode()).as("%s", response.request()).isEqualTo(404);
      assertThat(json(response).path("reason").asText()).isEqualTo("not_found");
    }
    assertThat(http.unlocks.lockdownCount).hasValue(0);
    assertThat(http.api.get("/v1/doors/d-1", own).statusCode()).isEqualTo(200);
    assertThat(http.doors.disconnected).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/v1/buildings/b-1,policy:write",
    "DELETE,/v1/buildings/b-1,policy:write",
    "POST,/v1/buildings/b-1/lockdown,policy:write",
    "DELETE,/v1/buildings/b-1/lockdown,policy:write",
    "PUT,/v1/doors/d-1,doors:write",
    "DELETE,/v1/doors/d-1,doors:write",
    "PUT,/v1/couriers/c-1,couriers:write",
    "GET,/v1/couriers/c-1,couriers:write",
    "DELETE,/v1/couriers/c-1,couriers:write",
    "POST,/v1/grants,grants:write",
    "GET,/v1/grants/g-1,grants:write",
    "DELETE,/v1/grants/g-1,grants:write",
    "POST,/v1/grants/g-1/delivered,grants:write",
    "GET,/v1/unlocks/u-1,grants:write"
  })
  void eachRoute_asksForItsOwnScope(String method, String path, String scope) {
    for (String other : List.of("policy:write", "doors:write", "couriers:write", "grants:write")) {
      int status = status(method, path, other);

      assertThat(status == 403).as("%s with %s", path, other).isEqualTo(!other.equals(scope));
    }
    assertThat(status(method, path, "doors:read audit:read")).isEqualTo(403);
    assertThat(status(method, path, "operator")).isNotEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"policy:write,404", "doors:write,404", "doors:read,404", "grants:write,403"})
  void places_areReadWithAnyOfThreeScopes(String scope, int status) {
    assertThat(status("GET", "/v1/buildings/b-1", scope)).isEqualTo(status);
    assertThat(status("GET", "/v1/doors/d-1", scope)).isEqualTo(status);
    assertThat(status("GET", "/v1/buildings/b-1/lockdown", scope)).isEqualTo(status);
  }

  @Test
  void bodyFaults_areNamedByPointer_allAtOnce() {
    HttpResponse<String> response =
        put(
            "/v1/buildings/b-1",
            own,
            "{\"timezone\":\"Mars/Olympus\",\"admits\":[],\"retentionDays\":0,\"nonsense\":1}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("reason").asText()).isEqualTo("malformed");
    assertThat(pointers(response))
        .containsExactlyInAnyOrder("/timezone", "/retentionDays", "/nonsense");
  }

  @Test
  void bodies_mustBeStrictJsonOfTheRightTypeAndSize() {
    assertThat(pointers(put("/v1/buildings/b-1", own, "{\"a\":1,\"a\":2}"))).containsExactly("");
    assertThat(put("/v1/buildings/b-1", own, "{").statusCode()).isEqualTo(400);
    assertThat(put("/v1/buildings/b-1", own, "").statusCode()).isEqualTo(400);
    assertThat(put("/v1/buildings/b-1", own, "[]").statusCode()).isEqualTo(400);
    assertThat(put("/v1/buildings/b-1", own, "\"" + "x".repeat(300_000) + "\"").statusCode())
        .isEqualTo(413);
    HttpRequest.Builder text =
        http.api
            .request("/v1/buildings/b-1")
            .header("Authorization", "Bearer " + own)
            .header("Content-Type", "text/plain")
            .PUT(HttpRequest.BodyPublishers.ofString(BUILDING));
    assertThat(http.api.send(text).statusCode()).isEqualTo(415);
    HttpRequest.Builder suffixed =
        http.api
            .request("/v1/buildings/b-1")
            .header("Authorization", "Bearer " + own)
            .header("Content-Type", "application/vnd.x+json; charset=utf-8")
            .PUT(HttpRequest.BodyPublishers.ofString(BUILDING));
    assertThat(http.api.send(suffixed).statusCode()).isEqualTo(201);
  }

  @Test
  void illegalId_is400ForAPut_and404ForTheRest() {
    HttpResponse<String> put = put("/v1/buildings/-b", own, BUILDING);
    assertThat(put.statusCode()).isEqualTo(400);
    assertThat(json(put).path("reason").asText()).isEqualTo("malformed");
    assertThat(http.api.get("/v1/buildings/-b", own).statusCode()).isEqualTo(404);
    assertThat(http.api.delete("/v1/buildings/%2e%2e%2fx", own).statusCode()).isEqualTo(404);
  }

  @Test
  void lockdown_startsIdempotently_tellsUnlocks_andIsLifted() {
    put("/v1/buildings/b-1", own, BUILDING);
    String path = "/v1/buildings/b-1/lockdown";

    HttpResponse<String> started = http.api.post(path, own, "");
    assertThat(started.statusCode()).isEqualTo(200);
    assertThat(started.body())
        .isEqualTo("{\"building\":\"b-1\",\"since\":\"2026-11-22T08:00:00.000Z\"}");
    assertThat(http.unlocks.lockdownCount).hasValue(1);
    HttpResponse<String> until =
        http.api.post(path, own, "{\"until\":\"2999-01-01T01:00:00+01:00\"}");
    assertThat(until.statusCode()).isEqualTo(200);
    assertThat(json(until).path("until").asText()).isEqualTo("2999-01-01T00:00:00.000Z");
    assertThat(http.api.get(path, own).body()).isEqualTo(until.body());

    HttpResponse<String> past = http.api.post(path, own, "{\"until\":\"2020-01-01T00:00:00Z\"}");
    assertThat(past.statusCode()).isEqualTo(400);
    assertThat(pointers(past)).containsExactly("/until");
    assertThat(http.api.post(path, own, "{\"x\":1}").statusCode()).isEqualTo(400);

    assertThat(http.api.delete(path, own).statusCode()).isEqualTo(204);
    assertThat(http.api.delete(path, own).statusCode()).isEqualTo(204);
    assertThat(http.api.get(path, own).statusCode()).isEqualTo(404);
  }

  @Test
  void lockdownBody_mayBeEmpty_withAContentType_butNotOfAnotherType() {
    put("/v1/buildings/b-1", own, BUILDING);
    HttpRequest.Builder empty = lockdown("application/json", "");
    assertThat(http.api.send(empty).statusCode()).isEqualTo(200);
    assertThat(http.api.send(lockdown("text/plain", "until")).statusCode()).isEqualTo(415);
  }

  @Test
  void door_showsConnectionAndTelemetry_andNoSecret() {
    put("/v1/buildings/b-1", own, BUILDING);
    String secret = DOOR.replace("}", ",\"secret\":\"0123456789abcdef0123456789\"}");
    HttpResponse<String> created = put("/v1/doors/d-1", own, secret);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).doesNotContain("0123456789").doesNotContain("secret");
    assertThat(created.body()).isEqualTo(http.api.get("/v1/doors/d-1", own).body());
    assertThat(json(created).path("holdSeconds").asInt()).isEqualTo(7);
    assertThat(json(created).path("connection").toString()).isEqualTo("{\"state\":\"offline\"}");

    http.doors.presences.put(
        new DoorId("d-1"), Presence.onlineSince(Instant.parse("2026-11-22T08:00:00Z")));
    http.telemetry = Json.object().put("at", 1_795_353_512_345L).put("battery", 80);
    JsonNode shown = json(http.api.get("/v1/doors/d-1", own));
    assertThat(shown.path("connection").toString())
        .isEqualTo("{\"state\":\"online\",\"since\":\"2026-11-22T08:00:00.000Z\"}");
    assertThat(shown.path("telemetry").toString())
        .isEqualTo("{\"at\":\"2026-11-22T13:18:32.345Z\",\"battery\":80}");
  }

  @Test
  void newSecretOrDeletion_disconnectsTheDoor() {
    put("/v1/buildings/b-1", own, BUILDING);
    put("/v1/doors/d-1", own, DOOR);
    put("/v1/doors/d-1", own, DOOR);
    assertThat(http.doors.disconnected).isEmpty();

    String secret = DOOR.replace("}", ",\"secret\":\"0123456789abcdef0123456789\"}");
    put("/v1/doors/d-1", own, secret);
    assertThat(http.doors.disconnected).hasSize(1);
    String suspended = secret.replace("}", ",\"status\":\"suspended\"}");
    assertThat(put("/v1/doors/d-1", own, suspended).statusCode()).isEqualTo(200);
    assertThat(http.doors.disconnected).hasSize(1);
    assertThat(http.api.delete("/v1/buildings/b-1", own).statusCode()).isEqualTo(409);
    assertThat(http.api.delete("/v1/doors/d-1", own).statusCode()).isEqualTo(204);
    assertThat(http.doors.disconnected).hasSize(2);
  }

  @Test
  void door_mayNameTheBuildingsManager_andNoOther() {
    put("/v1/buildings/b-1", own, BUILDING);
    String named = DOOR.replace("}", ",\"manager\":\"m-1\"}");
    String foreignNamed = named.replace("m-1", "m-2");

    assertThat(put("/v1/doors/d-1", operator, named).statusCode()).isEqualTo(201);
    assertThat(put("/v1/doors/d-1", own, named).statusCode()).isEqualTo(200);
    for (String token : List.of(operator, own)) {
      HttpResponse<String> refused = put("/v1/doors/d-1", token, foreignNamed);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(pointers(refused)).containsExactly("/manager");
    }
  }

  @Test
  void newSecret_thatMayHaveBeenWritten_disconnectsTheDoor() {
    put("/v1/buildings/b-1", own, BUILDING);
    http.directory.gone = true;

    assertThat(put("/v1/doors/d-1", own, DOOR).statusCode()).isEqualTo(503);
    assertThat(http.doors.disconnected).isEmpty();
    put("/v1/doors/d-1", own, DOOR.replace("}", ",\"secret\":\"s\"}"));
    assertThat(http.doors.disconnected).containsExactly(new DoorId("d-1"));
  }

  @Test
  void door_ofAnotherOrNoBuilding_isRefused() {
    put("/v1/buildings/b-1", own, BUILDING);
    put("/v1/buildings/b-2", own, BUILDING);
    put("/v1/doors/d-1", own, DOOR);

    assertThat(put("/v1/doors/d-1", own, DOOR.replace("b-1", "b-2")).statusCode()).isEqualTo(409);
    HttpResponse<String> nowhere = put("/v1/doors/d-2", own, DOOR.replace("b-1", "b-3"));
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(json(nowhere).path("detail").asText()).contains("building");
    assertThat(put("/v1/doors/d-2", operator, DOOR.replace("b-1", "b-3")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void courier_isWrittenShownAndRemoved() {
    HttpResponse<String> created =
        put("/v1/couriers/c-1", own, "{\"keys\":[" + HttpFixture.TOKENS.edJwk("x") + "]}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).path("carrier").asText()).isEqualTo("m-1");
    assertThat(json(created).path("keys")).hasSize(1);
    assertThat(http.api.get("/v1/couriers/c-1", own).body()).isEqualTo(created.body());
    assertThat(http.api.delete("/v1/couriers/c-1", own).statusCode()).isEqualTo(204);
    assertThat(http.api.get("/v1/couriers/c-1", own).statusCode()).isEqualTo(404);
  }

  @Test
  void storeGone_is503_withRetryAfter() {
    http.directory.gone = true;

    HttpResponse<String> response = http.api.get("/v1/buildings/b-1", own);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(json(response).path("reason").asText()).isEqualTo("store_unavailable");
    assertThat(header(response, "Retry-After")).isEqualTo("1");
    assertThat(http.bugs()).isZero();
  }

  private HttpRequest.Builder lockdown(String contentType, String body) {
    return http.api
        .request("/v1/buildings/b-1/lockdown")
        .header("Authorization", "Bearer " + own)
        .header("Content-Type", contentType)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private int status(String method, String path, String scope) {
    HttpRequest.Builder request =
        http.api
            .request(path)
            .header("Authorization", "Bearer " + HttpFixture.TOKENS.token("m-1", scope))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : "{}"));
    return http.api.send(request).statusCode();
  }

  private HttpResponse<String> put(String path, String token, String json) {
    return http.api.put(path, token, json);
  }

  private static List<String> pointers(HttpResponse<String> response) {
    List<String> pointers = new ArrayList<>();
    json(response).path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
    return pointers;
  }
}
