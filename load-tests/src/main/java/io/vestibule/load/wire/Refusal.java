package io.vestibule.load.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Why the gateway did not do what its operator asked, and what to do, in one line. */
public final class Refusal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Refusal() {}

  public static String line(String call, int status, String body) {
    return "%s was answered %d %s: %s".formatted(call, status, reason(body), mend(status));
  }

  private static String reason(String body) {
    try {
      JsonNode problem = JSON.readTree(body);
      String reason = problem.path("reason").asText(problem.path("title").asText(""));
      String detail = problem.path("detail").asText("");
      String both = detail.isEmpty() ? reason : reason + " (" + detail + ")";
      return both.isEmpty() ? "without a reason" : both.replaceAll("\\R", " ");
    } catch (JsonProcessingException e) {
      return "without a reason";
    }
  }

  private static String mend(int status) {
    return switch (status) {
      case 401 ->
          "the token is not good there; write another with `java -jar target/vestibule.jar token --key KEY --tenant ops --scope operator`, KEY being the one whose public half the gateway has in auth.jwks";
      case 403 -> "the token may not do that; it must be of scope operator";
      case 404 -> "that is no gateway of this version, or what the load stands on was removed";
      case 409 -> "the id is taken by another tenant's; use a gateway with a store of its own";
      case 429, 503 -> "it has too much to do or no store; try again once it is ready";
      default ->
          status >= 500 ? "see its log" : "the load tests and the gateway are not of one version";
    };
  }
}
