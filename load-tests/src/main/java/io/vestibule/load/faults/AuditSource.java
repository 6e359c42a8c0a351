package io.vestibule.load.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.load.stage.CannotRun;
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

/** Reads the whole audit log of a building, oldest first, page by page. */
final class AuditSource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE_COUNT = 1_000;

  /** Of a page. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final Node node;
  private final String token;

  AuditSource(Node node, String token) {
    this.node = node;
    this.token = token;
  }

  List<AuditRecord> read(List<String> buildings) throws CannotRun {
    List<AuditRecord> records = new ArrayList<>();
    try {
      for (String building : buildings) {
        read(building, records);
      }
      return records;
    } catch (IOException e) {
      throw new CannotRun("cannot read the audit log", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }

  private void read(String building, List<AuditRecord> to)
      throws IOException, InterruptedException, CannotRun {
    String cursor = "";
    do {
      HttpResponse<String> answer =
          client.send(page(building, cursor), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("the audit log was answered " + answer.statusCode());
      }
      JsonNode page = JSON.readTree(answer.body());
      page.path("records").forEach(record -> to.add(AuditRecord.read(record)));
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty());
  }

  private HttpRequest page(String building, String cursor) throws CannotRun {
    String from =
        cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:%d/v1/buildings/%s/audit?limit=%d%s"
                    .formatted(node.port("http"), building, PAGE_COUNT, from)))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + token)
        .build();
  }
}
