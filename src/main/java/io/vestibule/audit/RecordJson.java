package io.vestibule.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import java.time.Instant;

/** Writes records as CloudEvents 1.0 in JSON, without the {@code id}: the log gives that. */
public final class RecordJson {
  private RecordJson() {}

  public static String write(AuditRecord record) {
    ObjectNode event = Json.object();
    event.put("specversion", "1.0");
    event.put("source", "/v1/buildings/" + record.building());
    event.put("type", record.type().code());
    record.door().ifPresent(door -> event.put("subject", door.text()));
    event.put("time", text(record.at()));
    event.put("receivedat", text(record.receivedAt()));
    event.put("datacontenttype", "application/json");
    ObjectNode data = event.putObject("data");
    record.data().forEach((name, value) -> data.putPOJO(name, value));
    return Json.write(event);
  }

  private static String text(Instant at) {
    return at.toString();
  }
}
