package io.vestibule.load.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.load.stage.CannotRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One try at a time over HTTP, without waiting; what does not come in time is lost. */
final class Phone {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than a gateway that runs ever takes. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private final List<Node> nodes;
  private final String token;

  Phone(List<Node> nodes, String token) {
    this.nodes = nodes;
    this.token = token;
  }

  /** Sends a signed request; never fails. */
  CompletableFuture<Answer> unlock(int node, String door, byte[] request, boolean async) {
    return send(
        node,
        "/v1/doors/" + door + "/unlock",
        builder -> {
          builder.header("Content-Type", "application/jose");
          if (async) {
            builder.header("Prefer", "respond-async");
          }
          builder.POST(HttpRequest.BodyPublishers.ofByteArray(request));
        });
  }

  /** Asks what became of an attempt; never fails. */
  CompletableFuture<Answer> look(int node, String unlock) {
    return send(
        node,
        "/v1/unlocks/" + unlock,
        builder -> builder.header("Authorization", "Bearer " + token).GET());
  }

  private CompletableFuture<Answer> send(int node, String path, Shape shape) {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + nodes.get(node).port("http") + path))
              .timeout(ANSWER_LIMIT);
      shape.of(builder);
      return client
          .sendAsync(builder.build(), HttpResponse.BodyHandlers.ofByteArray())
          .thenApply(Phone::read)
          .exceptionally(failure -> lost());
    } catch (CannotRun e) {
      return CompletableFuture.completedFuture(lost());
    }
  }

  private static Answer read(HttpResponse<byte[]> response) {
    JsonNode json = json(response);
    return new Answer(
        outcome(response.statusCode(), json),
        json.path("state").asText(),
        Optional.ofNullable(json.path("unlock").textValue()),
        response.headers().firstValue("Idempotent-Replayed").isPresent(),
        System.nanoTime());
  }

  /** The words of a state, of which a refusal has a reason. */
  static String outcome(int status, JsonNode json) {
    String state = json.path("state").asText();
    if (status >= 300 || state.equals("refused")) {
      return json.path("reason").asText("HTTP " + status);
    }
    return state.equals("unknown") ? "door_timed_out" : state;
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(new String(response.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static Answer lost() {
    return Answer.lost(System.nanoTime());
  }

  /** What a request has beside its address. */
  private interface Shape {
    void of(HttpRequest.Builder builder);
  }
}
