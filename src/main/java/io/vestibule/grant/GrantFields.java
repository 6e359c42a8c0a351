package io.vestibule.grant;

import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.store.UnreadableValue;
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

  /** Throws {@link UnreadableValue} where a field is missing or odd. */
  static GrantState read(Map<String, String> fields) {
    HashFields of = new HashFields("a grant", fields);
    return new GrantState(
        HashFields.checked("a grant that is none", () -> grant(of)),
        of.as("building", BuildingId::new),
        of.as("used", Integer::valueOf),
        optionalInstant(of, "revoked_at"),
        optionalInstant(of, "closed_at"));
  }

  /** Throws {@link UnreadableValue} where it is missing or odd. */
  static int retentionDays(Map<String, String> fields) {
    return new HashFields("a grant", fields).as("retention_days", Integer::valueOf);
  }

  private static Grant grant(HashFields of) {
    return new Grant(
        of.as("id", GrantId::new),
        of.as("carrier", CarrierId::new),
        of.as("courier", CourierId::new),
        of.as("door", DoorId::new),
        List.of(of.text("parcels").split(SEPARATOR, -1)),
        new Grant.Window(of.instant("not_before"), of.instant("not_after")),
        new Grant.Uses(
            of.as("max_uses", Integer::valueOf),
            Duration.ofMillis(of.as("grace_ms", Long::valueOf))));
  }

  static String millis(Instant at) {
    return Long.toString(at.toEpochMilli());
  }

  private static Optional<Instant> optionalInstant(HashFields of, String name) {
    return of.fields().containsKey(name) ? Optional.of(of.instant(name)) : Optional.empty();
  }
}
