package io.vestibule.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.BuildingId;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.util.Optional;

/** Gives stored events the id that the log gave them. */
final class StoredJson {
  private StoredJson() {}

  /** Empty where the text is no record of the building on one line. */
  static Optional<String> withId(RecordId id, BuildingId building, String text) {
    // What opens with a brace and reads as an object with members stays one with the id before.
    return text.startsWith("{") && text.chars().noneMatch(c -> c == '\n' || c == '\r')
        ? read(text)
            .filter(event -> ours(event, building))
            .map(event -> "{\"id\":\"" + id + "\"," + text.substring(1))
        : Optional.empty();
  }

  /** Stands for an entry that is no record. */
  static String unreadable(RecordId id, BuildingId building) {
    ObjectNode event = Json.object();
    event.put("id", id.toString());
    event.put("specversion", "1.0");
    event.put("source", source(building));
    event.put("type", "vestibule.audit.unreadable");
    event.put("time", id.recordedAt().toString());
    event.put("receivedat", id.recordedAt().toString());
    event.put("datacontenttype", "application/json");
    event.putObject("data");
    return Json.write(event);
  }

  private static boolean ours(JsonNode event, BuildingId building) {
    return !event.has("id")
        && "1.0".equals(event.path("specversion").textValue())
        && event.path("type").isTextual()
        // One under another's key must not be shown to who may read this building's.
        && source(building).equals(event.path("source").textValue());
  }

  private static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(Json.read(text));
    } catch (MalformedJson e) {
      return Optional.empty();
    }
  }

  private static String source(BuildingId building) {
    return "/v1/buildings/" + building;
  }
}
