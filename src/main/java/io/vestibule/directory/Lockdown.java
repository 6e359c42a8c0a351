package io.vestibule.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import java.time.Instant;
import java.util.Optional;

/** That no unlock is let through in a building: since when, until when if that is set, by whom. */
public record Lockdown(Instant since, Optional<Instant> until, String by) {

  boolean holdsAt(Instant at) {
    return until.filter(end -> !end.isAfter(at)).isEmpty();
  }

  /** Times are in milliseconds: the script that claims a visit reads them. */
  String write() {
    ObjectNode json = Json.object();
    json.put("since", since.toEpochMilli());
    until.ifPresent(end -> json.put("until", end.toEpochMilli()));
    json.put("by", by);
    return Json.write(json);
  }

  /** Throws {@link UnreadableEntry}. */
  static Lockdown parse(String text) {
    JsonNode json = Entries.json(text);
    JsonNode until = json.path("until");
    if (!json.isObject() || !(until.isMissingNode() || until.canConvertToLong())) {
      throw new UnreadableEntry("not a lockdown");
    }
    return new Lockdown(
        Instant.ofEpochMilli(json.path("since").longValue()),
        until.isNumber() ? Optional.of(Instant.ofEpochMilli(until.longValue())) : Optional.empty(),
        json.path("by").asText());
  }
}
