package io.vestibule.grant;

import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A grant as the fields of its hash, which the scripts read by the same names. */
final class GrantFields {
  private static final String SEPARATOR = ",";

  private GrantFields() {}

  /** Names and values in turn, of a grant that was never used. */
  static List<String> write(Grant grant, Building building) {
    return List.of(
        "id", grant.id().text(),
        "carrier", grant.carrier().text(),
        "courier", grant.courier().text(),
        "door", grant.door().text(),
        "building", building.id().text(),
        "retention_days", Integer.toString(building.retentionDays()),
        "parcels", String.join(SEPARATOR, grant.parcels()),
        "not_before", millis(grant.window().notBefore()),
        "not_after", millis(grant.window().notAfter()),
        "max_uses", Integer.toString(grant.uses().countMax()),
        "grace_ms", Long.toString(grant.uses().grace().toMillis()),
        "used", "0",
        "visit_seq", "0",
        "visit_pending", "0");
  }

  static GrantState read(Map<String, String> fields) {
    return new GrantState(
        new Grant(
            new GrantId(field(fields, "id")),
            new CarrierId(field(fields, "carrier")),
            new CourierId(field(fields, "courier")),
            new DoorId(field(fields, "door")),
            List.of(field(fields, "parcels").split(SEPARATOR, -1)),
            new Grant.Window(instant(fields, "not_before"), instant(fields, "not_after")),
            new Grant.Uses(
                Integer.parseInt(field(fields, "max_uses")),
                Duration.ofMillis(Long.parseLong(field(fields, "grace_ms"))))),
        new BuildingId(field(fields, "building")),
        Integer.parseInt(field(fields, "used")),
        optionalInstant(fields, "revoked_at"),
        optionalInstant(fields, "closed_at"));
  }

  static int retentionDays(Map<String, String> fields) {
    return Integer.parseInt(field(fields, "retention_days"));
  }

  static String millis(Instant at) {
    return Long.toString(at.toEpochMilli());
  }

  private static Instant instant(Map<String, String> fields, String name) {
    return Instant.ofEpochMilli(Long.parseLong(field(fields, name)));
  }

  private static Optional<Instant> optionalInstant(Map<String, String> fields, String name) {
    return fields.containsKey(name) ? Optional.of(instant(fields, name)) : Optional.empty();
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalStateException("a grant without " + name);
    }
    return value;
  }
}
