package io.vestibule.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.BuildingId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Status;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads a door from the JSON of the API and writes what is shown of it. What is stored has the
 * manager and the hash of the secret besides.
 */
public final class DoorDocument {
  private static final int NAME_LENGTH_MAX = 200;
  private static final int SECRET_LENGTH_MIN = 1;
  private static final int SECRET_LENGTH_MAX = 256;
  private static final long HOLD_SECONDS_DEFAULT = 5;

  private DoorDocument() {}

  /** Reads a door as a manager writes it; every fault is noted, but for another's manager. */
  public static Optional<DoorDraft> parse(DoorId id, JsonNode document, Faults faults) {
    Fields fields = Fields.of(document, faults);
    Optional<Door> door = door(id, fields);
    Optional<String> name = fields.optionalText("name", NAME_LENGTH_MAX);
    Optional<ManagerId> manager =
        fields.optionalParsed("manager", ManagerId::parse, Owner.IDENTIFIER);
    Optional<String> secret =
        fields.optionalParsed(
            "secret",
            DoorDocument::secret,
            "a text of " + SECRET_LENGTH_MIN + " to " + SECRET_LENGTH_MAX + " characters");
    fields.refuseOthers();
    return faults.none()
        ? door.map(known -> new DoorDraft(known, name, secret, manager))
        : Optional.empty();
  }

  /** As the API shows it: without any trace of the secret. */
  public static ObjectNode toJson(DoorEntry entry) {
    return toJson(entry.door(), entry.name());
  }

  /** As it is stored, but for the secret, which the script that stores it adds. */
  static ObjectNode toStored(DoorDraft draft, ManagerId manager) {
    return toJson(draft.door(), draft.name()).put("manager", manager.text());
  }

  private static Optional<DoorEntry> parseStored(DoorId id, JsonNode document, Faults faults) {
    Fields fields = Fields.of(document, faults);
    Optional<Door> door = door(id, fields);
    Optional<ManagerId> manager = fields.parsed("manager", ManagerId::parse, Owner.IDENTIFIER);
    Optional<String> name = fields.optionalText("name", NAME_LENGTH_MAX);
    Optional<DoorSecret> secret =
        fields.optionalParsed("secret", DoorSecret::parse, "a hashed secret");
    fields.refuseOthers();
    return faults.none()
        ? Optional.of(new DoorEntry(door.orElseThrow(), manager.orElseThrow(), name, secret))
        : Optional.empty();
  }

  /** Empty for a door that was deleted; throws {@link UnreadableEntry}. */
  static Optional<DoorEntry> readStored(DoorId id, String text) {
    JsonNode json = Entries.json(text);
    return json.path("deleted").asBoolean()
        ? Optional.empty()
        : Entries.parse(text, (same, faults) -> parseStored(id, same, faults));
  }

  private static ObjectNode toJson(Door door, Optional<String> name) {
    ObjectNode json = Json.object();
    json.put("building", door.building().text());
    name.ifPresent(text -> json.put("name", text));
    json.put("status", door.status().code());
    json.put("holdSeconds", door.hold().toSeconds());
    return json;
  }

  private static Optional<Door> door(DoorId id, Fields fields) {
    Optional<BuildingId> building = fields.parsed("building", BuildingId::parse, Owner.IDENTIFIER);
    Status status =
        fields.optionalOneOf("status", Status.values(), Status::code).orElse(Status.ACTIVE);
    long holdSeconds = fields.optionalInteger("holdSeconds", 1, 60).orElse(HOLD_SECONDS_DEFAULT);
    return building.map(in -> new Door(id, in, status, Duration.ofSeconds(holdSeconds)));
  }

  private static Optional<String> secret(String text) {
    return text.length() < SECRET_LENGTH_MIN || text.length() > SECRET_LENGTH_MAX
        ? Optional.empty()
        : Optional.of(text);
  }
}
