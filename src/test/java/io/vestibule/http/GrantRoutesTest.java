package io.vestibule.http;

import static io.vestibule.http.HttpFixture.header;
import static io.vestibule.http.HttpFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.Identifiers;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantRoutesTest {
  private static final String GRANT =
      "{\"courier\":\"c-1\",\"door\":\"d-1\","
          + "\"parcels\":[\"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU\"],"
          + "\"notBefore\":\"2026-11-22T08:00:00Z\",\"notAfter\":\"2026-11-22T18:00:00Z\"}";

  private final String carrier = HttpFixture.TOKENS.token("a", "grants:write couriers:write");
  private final String other = HttpFixture.TOKENS.token("b", "grants:write couriers:write");
  private final String manager = HttpFixture.TOKENS.token("m", "policy:write doors:write");
  private HttpFixture http;

  @BeforeEach
  void start() {
    http = new HttpFixture();
    http.api.put("/v1/buildings/b-1", manager, "{\"timezone\":\"Etc/UTC\",\"admits\":[]}");
    http.api.put("/v1/doors/d-1", manager, "{\"building\":\"b-1\"}");
    http.api.put("/v1/couriers/c-1", carrier, "{\"keys\":[]}");
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  @Test
  void grant_is201_withLocation_shownDeliveredAndRevoked() {
    HttpResponse<String> created = post(GRANT);

    assertThat(created.statusCode()).isEqualTo(201);
    String id = json(created).path("id").asText();
    assertThat(Identifiers.legal(id)).isTrue();
    String path = "/v1/grants/" + id;
    assertThat(header(created, "Location")).isEqualTo(path);
    assertThat(http.api.get(path, carrier).body()).isEqualTo(created.body());

    HttpResponse<String> delivered = http.api.post(path + "/delivered", carrier, "");
    assertThat(delivered.statusCode()).isEqualTo(200);
    assertThat(json(delivered).path("id").asText()).isEqualTo(id);
    assertThat(json(delivered).has("closedAt")).isTrue();
    assertThat(http.api.delete(path, carrier).statusCode()).isEqualTo(204);
    assertThat(json(http.api.get(path, carrier)).has("revokedAt")).isTrue();
  }

  @Test
  void anothersGrant_is404() {
    String path = header(post(GRANT), "Location");

    assertThat(http.api.get(path, other).statusCode()).isEqualTo(404);
    assertThat(http.api.delete(path, other).statusCode()).isEqualTo(404);
    assertThat(http.api.post(path + "/delivered", other, "").statusCode()).isEqualTo(404);
    assertThat(json(http.api.get(path, carrier)).has("revokedAt")).isFalse();
    assertThat(http.api.get("/v1/grants/none", carrier).statusCode()).isEqualTo(404);
  }

  @Test
  void unknownCourierOrDoor_is404_namingWhich() {
    HttpResponse<String> courier = post(GRANT.replace("c-1", "c-2"));
    assertThat(courier.statusCode()).isEqualTo(404);
    assertThat(json(courier).path("detail").asText()).contains("courier");
    assertThat(http.api.post("/v1/grants", other, GRANT).statusCode()).isEqualTo(404);
    HttpResponse<String> door = post(GRANT.replace("d-1", "d-2"));
    assertThat(door.statusCode()).isEqualTo(404);
    assertThat(json(door).path("detail").asText()).contains("door");
  }

  @Test
  void operatorsGrant_isTheCouriersCarriers_unlessNamed() {
    String operator = HttpFixture.TOKENS.token("ops", "operator");

    HttpResponse<String> derived = http.api.post("/v1/grants", operator, GRANT);
    assertThat(derived.statusCode()).isEqualTo(201);
    assertThat(json(derived).path("carrier").asText()).isEqualTo("a");
    String named = GRANT.replace("{\"courier", "{\"carrier\":\"b\",\"courier");
    assertThat(http.api.post("/v1/grants", operator, named).statusCode()).isEqualTo(404);
    String unknown = GRANT.replace("c-1", "c-2");
    assertThat(http.api.post("/v1/grants", operator, unknown).statusCode()).isEqualTo(404);
    assertThat(http.api.post("/v1/grants", operator, "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void idempotencyKey_ofWhatWasRefused_mayBeUsedWithTheMendedBody() {
    String wrong = GRANT.replace("c-1", "c-9");
    assertThat(post(wrong, "Idempotency-Key", "k-mended").statusCode()).isEqualTo(404);

    assertThat(post(GRANT, "Idempotency-Key", "k-mended").statusCode()).isEqualTo(201);
  }

  @Test
  void takenId_is409_andFaultsAre400() {
    String named = GRANT.replace("{\"courier", "{\"id\":\"g-1\",\"courier");
    assertThat(post(named).statusCode()).isEqualTo(201);

    HttpResponse<String> taken = post(named);
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(json(taken).path("reason").asText()).isEqualTo("conflict");
    HttpResponse<String> faulty = post(GRANT.replace("18:00", "07:00"));
    assertThat(faulty.statusCode()).isEqualTo(400);
    assertThat(json(faulty).path("errors").path(0).path("pointer").asText()).isEqualTo("/notAfter");
  }

  @Test
  void idempotencyKey_givesTheSameAnswer_andRefusesAnotherBody() {
    HttpResponse<String> first = post(GRANT, "Idempotency-Key", "k-1");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(header(first, "Idempotent-Replayed")).isEmpty();
    http.api.delete(header(first, "Location"), carrier);

    HttpResponse<String> again = post(GRANT, "Idempotency-Key", "k-1");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(header(again, "Location")).isEqualTo(header(first, "Location"));
    assertThat(header(again, "Idempotent-Replayed")).isEqualTo("true");
    assertThat(http.grants.states).hasSize(1);

    HttpResponse<String> mismatch = post(GRANT.replace("18:00", "17:00"), "Idempotency-Key", "k-1");
    assertThat(mismatch.statusCode()).isEqualTo(422);
    assertThat(json(mismatch).path("reason").asText()).isEqualTo("idempotency_mismatch");
    assertThat(post(GRANT, "Idempotency-Key", "k-2").statusCode()).isEqualTo(201);
    assertThat(http.grants.states).hasSize(2);
  }

  @Test
  void idempotencyKey_isTheTenantsOwn() {
    http.api.put("/v1/couriers/c-2", other, "{\"keys\":[]}");
    post(GRANT, "Idempotency-Key", "k-1");

    HttpResponse<String> theirs =
        http.api.post("/v1/grants", other, GRANT.replace("c-1", "c-2"), "Idempotency-Key", "k-1");

    assertThat(theirs.statusCode()).isEqualTo(201);
  }

  @Test
  void idempotencyKey_ofARefusedRequest_mayBeUsedAgain() {
    String later = GRANT.replace("c-1", "c-3");
    assertThat(post(later, "Idempotency-Key", "k-1").statusCode()).isEqualTo(404);
    http.api.put("/v1/couriers/c-3", carrier, "{\"keys\":[]}");

    HttpResponse<String> again = post(later, "Idempotency-Key", "k-1");

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(header(again, "Idempotent-Replayed")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"has space", "tab\tinside"})
  void illegalIdempotencyKey_is400(String key) {
    assertThat(post(GRANT, "Idempotency-Key", key).statusCode()).isEqualTo(400);
  }

  @Test
  void longIdempotencyKey_is400_onlyPast255() {
    assertThat(post(GRANT, "Idempotency-Key", "k".repeat(255)).statusCode()).isEqualTo(201);
    assertThat(post(GRANT, "Idempotency-Key", "k".repeat(256)).statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> post(String body, String... headers) {
    return http.api.post("/v1/grants", carrier, body, headers);
  }
}
