package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The audit log of the packed jar, as a manager's backend reads it. */
final class AuditIT {
  private static final String LOG = "/v1/buildings/" + Stage.BUILDING;

  @Test
  void unlock_isInTheLogAsGrantedAndOpened_andCameLive() throws Exception {
    try (Stage stage = Stage.set(Jdk.found().get(0))) {
      String door = stage.door();
      String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");
      try (WireDoor device = stage.connect(door);
          Stream<String> lines = stage.operator().lines(LOG + "/events", "text/event-stream")) {
        CompletableFuture<List<JsonNode>> live =
            CompletableFuture.supplyAsync(() -> unlocks(lines.iterator(), 2));

        WireApi.Answer opened = stage.operator().unlock(door, request);

        assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
        List<JsonNode> told = live.get(20, TimeUnit.SECONDS);
        assertThat(told)
            .extracting(event -> event.path("type").asText())
            .containsExactly("vestibule.unlock.granted", "vestibule.unlock.opened");
        assertThat(told)
            .allSatisfy(
                event -> {
                  assertThat(event.path("specversion").asText()).isEqualTo("1.0");
                  assertThat(event.path("source").asText()).isEqualTo(LOG);
                  assertThat(event.path("subject").asText()).isEqualTo(door);
                  assertThat(event.at("/data/unlock").asText()).isEqualTo(opened.text("unlock"));
                });
        assertThat(device.commands()).hasSize(1);
        assertThat(paged(stage)).containsAll(told);
        try (Stream<String> all = stage.operator().lines(LOG + "/audit", "application/x-ndjson")) {
          assertThat(all.map(AuditIT::json).toList()).isEqualTo(paged(stage));
        }
      }
    }
  }

  /** The whole log, three records a page. */
  private static List<JsonNode> paged(Stage stage) throws Exception {
    List<JsonNode> records = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = stage.operator().get(LOG + "/audit?limit=3" + cursor).body();
      page.path("records").forEach(records::add);
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return records;
  }

  private static List<JsonNode> unlocks(Iterator<String> lines, int count) {
    List<JsonNode> unlocks = new ArrayList<>();
    while (unlocks.size() < count && lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("data: ") && line.contains("\"vestibule.unlock.")) {
        unlocks.add(json(line.substring("data: ".length())));
      }
    }
    return unlocks;
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text);
    } catch (MalformedJson e) {
      throw new AssertionError(text, e);
    }
  }
}
