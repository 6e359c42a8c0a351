package io.vestibule.load.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A record of a building's audit log, as far as it is compared. */
record AuditRecord(
    String type,
    String door,
    Optional<String> unlock,
    Optional<String> grant,
    Optional<Sequence> event) {
  private static final String UNLOCK = "vestibule.unlock.";
  private static final String DOOR = "vestibule.door.";

  /** Which of a door's events it is of. */
  record Sequence(String boot, long seq) {}

  static AuditRecord read(JsonNode record) {
    JsonNode data = record.path("data");
    return new AuditRecord(
        record.path("type").asText(),
        record.path("subject").asText(),
        Optional.ofNullable(data.path("unlock").textValue()),
        Optional.ofNullable(data.path("grant").textValue()),
        data.path("boot").isTextual()
            ? Optional.of(new Sequence(data.path("boot").asText(), data.path("seq").asLong()))
            : Optional.empty());
  }

  boolean granted() {
    return type.equals(UNLOCK + "granted");
  }

  /** How it closes an attempt: {@code opened}, {@code refused} or {@code unknown}; empty if not. */
  Optional<String> closing() {
    return switch (type) {
      case UNLOCK + "opened", UNLOCK + "refused", UNLOCK + "unknown" ->
          Optional.of(type.substring(UNLOCK.length()));
      default -> Optional.empty();
    };
  }

  boolean ofDoor() {
    return type.startsWith(DOOR) && event.isPresent();
  }
}
