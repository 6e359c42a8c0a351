package io.vestibule.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a Prometheus by its HTTP API. */
record Prometheus(URI base) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** It refused the question; the message is its own. */
  static final class QueryFailed extends IOException {
    private static final long serialVersionUID = 1;

    QueryFailed(String message) {
      super(message);
    }
  }

  /** How many series have a value that is a number now. */
  long count(String expression) throws IOException, InterruptedException {
    return values(ask("/api/v1/query", Map.of("query", expression)));
  }

  /** How many values that are numbers the series have, one a second until now. */
  long count(String expression, Duration range) throws IOException, InterruptedException {
    double now = System.currentTimeMillis() / 1_000.0;
    return values(
        ask(
            "/api/v1/query_range",
            Map.of(
                "query",
                expression,
                "start",
                String.valueOf(now - range.toSeconds()),
                "end",
                String.valueOf(now),
                "step",
                "1")));
  }

  /** The values of a label, of all series or of those that a selector names. */
  List<String> labelValues(String label, String selector) throws IOException, InterruptedException {
    Map<String, String> parameters = selector.isEmpty() ? Map.of() : Map.of("match[]", selector);
    List<String> values = new ArrayList<>();
    ask("/api/v1/label/" + label + "/values", parameters).forEach(one -> values.add(one.asText()));
    return values;
  }

  /** What is wrong with rules that it evaluates, each with its error. */
  List<String> ailingRules() throws IOException, InterruptedException {
    List<String> ailing = new ArrayList<>();
    for (JsonNode group : ask("/api/v1/rules", Map.of()).path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        if (!rule.path("health").asText().equals("ok")) {
          ailing.add(rule.path("name").asText() + ": " + rule.path("lastError").asText());
        }
      }
    }
    return ailing;
  }

  private JsonNode ask(String path, Map<String, String> parameters)
      throws IOException, InterruptedException {
    String query =
        parameters.entrySet().stream()
            .map(
                one ->
                    one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path + "?" + query)).timeout(LIMIT).build();
    JsonNode answer =
        JSON.readTree(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
    if (!answer.path("status").asText().equals("success")) {
      throw new QueryFailed(answer.path("error").asText());
    }
    return answer.path("data");
  }

  private static long values(JsonNode data) {
    if (data.path("resultType").asText().equals("scalar")) {
      return 1;
    }
    long count = 0;
    for (JsonNode series : data.path("result")) {
      count += series.has("value") ? number(series.path("value")) : 0;
      for (JsonNode point : series.path("values")) {
        count += number(point);
      }
    }
    return count;
  }

  private static int number(JsonNode point) {
    return point.path(1).asText().equals("NaN") ? 0 : 1;
  }
}
