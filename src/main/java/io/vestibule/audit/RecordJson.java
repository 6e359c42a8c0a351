package io.vestibule.audit;

import io.vestibule.json.ObjectText;
import io.vestibule.time.Rfc3339;

/** Writes records as CloudEvents 1.0 in JSON, without the {@code id}: the log gives that. */
public final class RecordJson {
  private static final int USUAL_LENGTH = 512;

  private RecordJson() {}

  public static String write(AuditRecord record) {
    ObjectText event =
        new ObjectText(USUAL_LENGTH)
            .put("specversion", "1.0")
            .put("source", "/v1/buildings/" + record.building())
            .put("type", record.type().code());
    record.door().ifPresent(door -> event.put("subject", door.text()));
    return event
        .put("time", Rfc3339.shortest(record.at()))
        .put("receivedat", Rfc3339.shortest(record.receivedAt()))
        .put("datacontenttype", "application/json")
        .put("data", record.data())
        .toString();
  }
}
