package io.vestibule.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.Admission;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.Consent;
import io.vestibule.access.Location;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Status;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a building from the JSON of the API, which is also how it is stored, and writes it. */
public final class BuildingDocument {
  private static final int ADMITS_MAX = 100;
  private static final int TEXT_LENGTH_MAX = 200;
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private BuildingDocument() {}

  /**
   * Reads a building; every fault is noted.
   *
   * @param owner the manager that asks; empty for an operator, who must name one
   */
  public static Optional<Building> parse(
      BuildingId id, Optional<ManagerId> owner, JsonNode document, Faults faults) {
    Fields fields = Fields.of(document, faults);
    Optional<ManagerId> manager = Owner.read(fields, "manager", owner, ManagerId::parse);
    Optional<ZoneId> zone =
        fields.parsed("timezone", BuildingDocument::zone, "a time zone such as America/New_York");
    Optional<Consent> consent = fields.optionalObject("consent").flatMap(BuildingDocument::consent);
    Optional<Location> location =
        fields.optionalObject("location").flatMap(BuildingDocument::location);
    boolean located = fields.has("location");
    List<Admission> admits =
        fields.objects("admits", ADMITS_MAX, entry -> AdmissionDocument.parse(entry, located));
    if (!fields.has("admits")) {
      fields.fault("admits", "is missing");
    }
    Status status =
        fields.optionalOneOf("status", Status.values(), Status::code).orElse(Status.ACTIVE);
    long retentionDays =
        fields
            .optionalInteger("retentionDays", 1, 3_650)
            .orElse((long) Building.RETENTION_DAYS_DEFAULT);
    fields.refuseOthers();
    if (!faults.none()) {
      return Optional.empty();
    }
    return Optional.of(
        new Building(
            id,
            manager.orElseThrow(),
            zone.orElseThrow(),
            consent,
            location,
            admits,
            status,
            (int) retentionDays));
  }

  public static ObjectNode toJson(Building building) {
    ObjectNode json = Json.object();
    json.put("manager", building.manager().text());
    json.put("timezone", building.zone().getId());
    building.consent().ifPresent(consent -> json.set("consent", toJson(consent)));
    building
        .location()
        .ifPresent(at -> json.putObject("location").put("lat", at.lat()).put("lon", at.lon()));
    ArrayNode admits = json.putArray("admits");
    building.admits().forEach(admission -> admits.add(AdmissionDocument.toJson(admission)));
    json.put("status", building.status().code());
    json.put("retentionDays", building.retentionDays());
    return json;
  }

  private static ObjectNode toJson(Consent consent) {
    ObjectNode json = Json.object();
    json.put("givenBy", consent.givenBy());
    json.put("givenAt", consent.givenAt().toString());
    consent.document().ifPresent(document -> json.put("document", document));
    return json;
  }

  private static Optional<Consent> consent(Fields fields) {
    Optional<String> givenBy =
        fields.parsed(
            "givenBy", BuildingDocument::text, "a text of 1 to " + TEXT_LENGTH_MAX + " characters");
    Optional<Instant> givenAt = fields.instant("givenAt");
    Optional<String> document = fields.optionalText("document", TEXT_LENGTH_MAX);
    fields.refuseOthers();
    return givenBy.flatMap(by -> givenAt.map(at -> new Consent(by, at, document)));
  }

  private static Optional<Location> location(Fields fields) {
    Optional<Double> lat = fields.number("lat", -90, 90);
    Optional<Double> lon = fields.number("lon", -180, 180);
    fields.refuseOthers();
    return lat.flatMap(y -> lon.map(x -> new Location(y, x)));
  }

  private static Optional<String> text(String text) {
    return text.isBlank() || text.length() > TEXT_LENGTH_MAX ? Optional.empty() : Optional.of(text);
  }

  /** Regions alone: a fixed offset would ignore daylight saving, which is hardly ever meant. */
  private static Optional<ZoneId> zone(String text) {
    return ZONES.contains(text) ? Optional.of(ZoneId.of(text)) : Optional.empty();
  }
}
