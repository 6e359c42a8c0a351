package io.vestibule.http;

import static io.vestibule.http.HttpFixture.attempt;
import static io.vestibule.http.HttpFixture.header;
import static io.vestibule.http.HttpFixture.json;
import static io.vestibule.http.HttpFixture.underway;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.DoorId;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.grant.Outcome;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.unlock.Answer;
import io.vestibule.unlock.Submission;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnlockRouteTest {
  private static final Instant AT = Instant.parse("2026-11-22T08:00:01Z");
  private static final Map<Integer, String> STATUSES =
      Map.of(
          400, "malformed unsupported_algorithm",
          401, "unknown_key bad_signature not_yet_valid expired",
          403,
              "wrong_door courier_suspended screening_lapsed no_consent building_suspended"
                  + " door_suspended carrier_not_admitted outside_hours too_far unknown_grant"
                  + " grant_mismatch grant_revoked grant_closed grant_not_started grant_expired"
                  + " parcel_mismatch grant_used_up",
          404, "unknown_door",
          409, "replayed",
          423, "lockdown",
          429, "rate_limited",
          502, "door_refused",
          503, "door_offline overloaded store_unavailable",
          504, "door_timed_out");

  private HttpFixture http;

  @BeforeAll
  void start() {
    http = new HttpFixture();
  }

  @AfterAll
  void stop() throws IOException {
    http.close();
  }

  @BeforeEach
  void forget() {
    http.unlocks.submissions.clear();
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void refusal_hasTheContractsStatus_andIsAProblem(Reason reason) {
    http.unlocks.deny(reason, Duration.ofMillis(2500));

    HttpResponse<String> response = http.api.unlock("d-1", "jws");

    assertThat(STATUSES.getOrDefault(response.statusCode(), "").split(" ")).contains(reason.code());
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    JsonNode body = json(response);
    assertThat(body.path("type").asText()).isEqualTo("urn:vestibule:problem:" + reason.code());
    assertThat(body.path("reason").asText()).isEqualTo(reason.code());
    assertThat(body.path("status").asInt()).isEqualTo(response.statusCode());
    assertThat(body.path("title").asText()).isNotBlank();
    assertThat(body.path("detail").asText()).isNotBlank();
    boolean again = response.statusCode() == 429 || response.statusCode() == 503;
    assertThat(header(response, "Retry-After")).isEqualTo(again ? "3" : "");
  }

  @Test
  void overload_withoutAWait_saysOneSecond() {
    http.unlocks.deny(Reason.OVERLOADED, Duration.ZERO);

    assertThat(header(http.api.unlock("d-1", "jws"), "Retry-After")).isEqualTo("1");
  }

  @Test
  void opened_is200_withIdDoorStateAndTime() {
    http.unlocks.answer(underway(false, Future.succeededFuture(new Outcome.Opened(AT))));

    HttpResponse<String> response = http.api.unlock("d-1", "the jws");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"unlock\":\"u-1\",\"door\":\"d-1\",\"state\":\"opened\","
                + "\"openedAt\":\"2026-11-22T08:00:01.000Z\"}");
    assertThat(header(response, "Idempotent-Replayed")).isEmpty();
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(http.unlocks.submissions.get(0).request().toString()).isEqualTo("the jws");
    assertThat(http.unlocks.submissions.get(0).door()).contains(new DoorId("d-1"));
  }

  @Test
  void callersTrace_isPassedOn() {
    http.unlocks.deny(Reason.LOCKDOWN, Duration.ZERO);

    http.api.unlock("d-1", "jws");
    http.api.unlock("d-1", "jws", "Traceparent", "00-a-b-01");

    assertThat(http.unlocks.submissions)
        .extracting(Submission::traceparent)
        .containsExactly(Optional.empty(), Optional.of("00-a-b-01"));
  }

  @Test
  void answer_waitsForTheOutcome() {
    Promise<Outcome> outcome = Promise.promise();
    http.unlocks.answer(underway(false, outcome.future()));
    http.vertx.setTimer(200, fired -> outcome.complete(new Outcome.Opened(AT)));

    assertThat(http.api.unlock("d-1", "jws").statusCode()).isEqualTo(200);
  }

  @Test
  void retry_isMarked_alsoWhenRefused() {
    http.unlocks.answer(underway(true, Future.succeededFuture(new Outcome.Opened(AT))));
    assertThat(header(http.api.unlock("d-1", "jws"), "Idempotent-Replayed")).isEqualTo("true");

    http.unlocks.answer(
        underway(true, Future.succeededFuture(new Outcome.Refused(Reason.DOOR_REFUSED, AT))));
    HttpResponse<String> refused = http.api.unlock("d-1", "jws");
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(header(refused, "Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void refusedAfterClaim_namesUnlockDoorAndState() {
    http.unlocks.answer(
        underway(false, Future.succeededFuture(new Outcome.Refused(Reason.LOCKDOWN, AT))));

    HttpResponse<String> response = http.api.unlock("d-1", "jws");

    assertThat(response.statusCode()).isEqualTo(423);
    assertThat(json(response).path("unlock").asText()).isEqualTo("u-1");
    assertThat(json(response).path("door").asText()).isEqualTo("d-1");
    assertThat(json(response).path("state").asText()).isEqualTo("refused");
  }

  @Test
  void silentDoor_is504_stateUnknown() {
    http.unlocks.answer(underway(false, Future.succeededFuture(new Outcome.Unknown(AT))));

    HttpResponse<String> response = http.api.unlock("d-1", "jws");

    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(json(response).path("reason").asText()).isEqualTo("door_timed_out");
    assertThat(json(response).path("unlock").asText()).isEqualTo("u-1");
    assertThat(json(response).path("state").asText()).isEqualTo("unknown");
  }

  @Test
  void storeLostAfterClaim_is503_stateUnknown() {
    StoreUnavailable gone = new StoreUnavailable("close", new IOException("gone"));
    http.unlocks.answer(underway(false, Future.failedFuture(gone)));

    HttpResponse<String> response = http.api.unlock("d-1", "jws");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(header(response, "Retry-After")).isEqualTo("1");
    assertThat(json(response).path("reason").asText()).isEqualTo("store_unavailable");
    assertThat(json(response).path("unlock").asText()).isEqualTo("u-1");
    assertThat(json(response).path("state").asText()).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "respond-async",
        "Respond-Async",
        "wait=10, respond-async",
        "foo=\"a,b\", respond-async; x=1",
        "respond-async=\"\""
      })
  void respondAsync_is202_withLocation_beforeTheOutcome(String prefer) {
    http.unlocks.answer(underway(false, Promise.<Outcome>promise().future()));

    HttpResponse<String> response = http.api.unlock("d-1", "jws", "Prefer", prefer);

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(header(response, "Location")).isEqualTo("/v1/unlocks/u-1");
    assertThat(header(response, "Preference-Applied")).isEqualTo("respond-async");
    assertThat(response.body())
        .isEqualTo("{\"unlock\":\"u-1\",\"door\":\"d-1\",\"state\":\"pending\"}");
  }

  @Test
  void respondAsync_inASecondHeader_counts_butARefusalIsAnsweredAsUsual() {
    http.unlocks.answer(underway(true, Future.succeededFuture(new Outcome.Opened(AT))));
    HttpResponse<String> retry =
        http.api.unlock("d-1", "jws", "Prefer", "wait=3", "Prefer", "respond-async");
    assertThat(retry.statusCode()).isEqualTo(202);
    assertThat(json(retry).path("state").asText()).isEqualTo("opened");
    assertThat(header(retry, "Idempotent-Replayed")).isEqualTo("true");

    http.unlocks.deny(Reason.EXPIRED, Duration.ZERO);
    assertThat(http.api.unlock("d-1", "jws", "Prefer", "respond-async").statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-respond-async",
        "foo=\"respond-async\"",
        "respond-async=no",
        "\"a, respond-async"
      })
  void otherPreferences_wait(String prefer) {
    http.unlocks.answer(underway(false, Future.succeededFuture(new Outcome.Opened(AT))));

    assertThat(http.api.unlock("d-1", "jws", "Prefer", prefer).statusCode()).isEqualTo(200);
  }

  @Test
  void contentType_mayHaveParameters_butMustBeJose() {
    http.unlocks.answer(underway(false, Future.succeededFuture(new Outcome.Opened(AT))));

    assertThat(post("Application/JOSE; charset=utf-8").statusCode()).isEqualTo(200);
    HttpResponse<String> json = post("application/json");
    assertThat(json.statusCode()).isEqualTo(415);
    assertThat(json(json).path("reason").asText()).isEqualTo("unsupported_media_type");
    assertThat(post("").statusCode()).isEqualTo(415);
  }

  @Test
  void size_pastWhatARequestMayHave_isAsked_farPastItCutOff() {
    http.unlocks.answer(underway(false, Future.succeededFuture(new Outcome.Opened(AT))));

    assertThat(http.api.unlock("d-1", "x".repeat(2049)).statusCode()).isEqualTo(200);
    HttpResponse<String> far = http.api.unlock("d-1", "x".repeat(100_000));
    assertThat(far.statusCode()).isEqualTo(413);
    assertThat(json(far).path("reason").asText()).isEqualTo("too_large");
    assertThat(http.unlocks.submissions).hasSize(1);
  }

  @Test
  void illegalDoor_isNoDoor_andTheRequestIsJudgedFirst() {
    http.unlocks.answer(new Answer.Denied(Reason.WRONG_DOOR, Optional.empty(), Duration.ZERO));

    assertThat(http.api.unlock("a%2Fb", "jws").statusCode()).isEqualTo(403);
    assertThat(http.api.unlock("x".repeat(65), "jws").statusCode()).isEqualTo(403);
    assertThat(http.unlocks.submissions)
        .extracting(Submission::door)
        .containsOnly(Optional.empty());
  }

  @Test
  void bug_is500_countedAndSilent() {
    http.unlocks.answer(() -> Future.failedFuture(new IllegalStateException("secret detail")));
    double before = http.bugs();

    HttpResponse<String> response = http.api.unlock("d-1", "jws");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(json(response).path("reason").asText()).isEqualTo("internal_error");
    assertThat(response.body()).doesNotContain("secret detail").doesNotContain("Exception");
    assertThat(http.bugs()).isEqualTo(before + 1);

    http.unlocks.answer(
        () -> {
          throw new IllegalStateException("thrown");
        });
    assertThat(http.api.unlock("d-1", "jws").statusCode()).isEqualTo(500);
    assertThat(http.bugs()).isEqualTo(before + 2);
  }

  @Test
  void attempt_isShownToItsCarrier_withTimes_andToNobodyElse() {
    http.unlocks.attempts.put(
        new UnlockId("u-1"), attempt(Optional.of(new Outcome.Refused(Reason.LOCKDOWN, AT))));

    HttpResponse<String> own = show("carrier-a", "grants:write");

    assertThat(own.body())
        .isEqualTo(
            "{\"unlock\":\"u-1\",\"door\":\"d-1\",\"courier\":\"c-1\",\"grant\":\"g-1\","
                + "\"state\":\"refused\",\"reason\":\"lockdown\","
                + "\"claimedAt\":\"2026-11-22T08:00:00.120Z\","
                + "\"endedAt\":\"2026-11-22T08:00:01.000Z\"}");
    assertThat(show("carrier-b", "grants:write").statusCode()).isEqualTo(404);
    assertThat(show("carrier-b", "operator").statusCode()).isEqualTo(200);
    assertThat(show("carrier-a", "policy:write").statusCode()).isEqualTo(403);
  }

  @Test
  void attempt_pendingAndOpened_showTheirState() {
    http.unlocks.attempts.put(new UnlockId("u-1"), attempt(Optional.empty()));
    JsonNode pending = json(show("carrier-a", "grants:write"));
    assertThat(pending.path("state").asText()).isEqualTo("pending");
    assertThat(pending.has("endedAt") || pending.has("reason")).isFalse();

    http.unlocks.attempts.put(new UnlockId("u-1"), attempt(Optional.of(new Outcome.Opened(AT))));
    JsonNode opened = json(show("carrier-a", "grants:write"));
    assertThat(opened.path("openedAt").asText()).isEqualTo("2026-11-22T08:00:01.000Z");
    assertThat(opened.path("endedAt").asText()).isEqualTo("2026-11-22T08:00:01.000Z");
  }

  private HttpResponse<String> show(String tenant, String scope) {
    return http.api.get("/v1/unlocks/u-1", HttpFixture.TOKENS.token(tenant, scope));
  }

  private HttpResponse<String> post(String contentType) {
    HttpRequest.Builder request =
        http.api.request("/v1/doors/d-1/unlock").POST(HttpRequest.BodyPublishers.ofString("jws"));
    return http.api.send(
        contentType.isEmpty() ? request : request.header("Content-Type", contentType));
  }
}
