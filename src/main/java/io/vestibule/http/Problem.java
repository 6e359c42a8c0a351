package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.Reason;
import io.vestibule.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An RFC 9457 problem: what a refused request is answered with. */
record Problem(
    int status,
    String reason,
    String detail,
    Map<String, JsonNode> members,
    Map<String, String> headers) {
  private static final String TYPE_PREFIX = "urn:vestibule:problem:";

  static Problem of(ApiReason reason, String detail) {
    return new Problem(reason.status(), reason.code(), detail, Map.of(), Map.of());
  }

  static Problem of(Reason reason) {
    return of(reason, ReasonStatus.detail(reason), Duration.ZERO);
  }

  /** 429 and 503 always say when to ask again: after {@code retryAfter}, a second at the least. */
  static Problem of(Reason reason, String detail, Duration retryAfter) {
    int status = ReasonStatus.of(reason);
    Problem problem = new Problem(status, reason.code(), detail, Map.of(), Map.of());
    return status == 429 || status == 503
        ? problem.withHeader("Retry-After", Long.toString(seconds(retryAfter)))
        : problem;
  }

  Problem with(String member, String value) {
    return with(member, Json.object().textNode(value));
  }

  Problem with(String member, JsonNode value) {
    Map<String, JsonNode> more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(status, reason, detail, more, headers);
  }

  Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, reason, detail, members, more);
  }

  Reply reply() {
    ObjectNode body = Json.object();
    body.put("type", TYPE_PREFIX + reason);
    body.put("title", title());
    body.put("status", status);
    body.put("detail", detail);
    body.put("reason", reason);
    members.forEach(body::set);
    return new Reply(status, "application/problem+json", Json.write(body), headers);
  }

  /** The reason as words: the same for each occurrence, as the RFC asks. */
  private String title() {
    String words = reason.replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
