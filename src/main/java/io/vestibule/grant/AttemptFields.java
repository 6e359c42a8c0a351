package io.vestibule.grant;

import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.store.UnreadableValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An attempt as the fields of its hash, which the scripts write. */
final class AttemptFields {
  private static final String PENDING = "pending";
  private static final String OPENED = "opened";
  private static final String REFUSED = "refused";
  private static final String UNKNOWN = "unknown";

  private AttemptFields() {}

  /** Throws {@link UnreadableValue} where a field is missing or odd. */
  static Attempt read(Map<String, String> fields) {
    HashFields of = new HashFields("an attempt", fields);
    return new Attempt(
        of.as("unlock", UnlockId::new),
        of.text("request_hash"),
        new Claim.Who(of.as("courier", CourierId::new), of.as("carrier", CarrierId::new)),
        new Claim.Where(
            of.as("door", DoorId::new),
            of.as("building", BuildingId::new),
            of.as("retention_days", Integer::valueOf)),
        of.as("grant", GrantId::new),
        of.instant("claimed_at"),
        of.instant("deadline"),
        of.text("state").equals(PENDING)
            ? Optional.empty()
            : Optional.of(outcome(of.text("state"), of.text("reason"), of.text("at"))));
  }

  /** Throws {@link UnreadableValue} where they are none. */
  static Outcome outcome(String state, String reason, String at) {
    Instant when =
        Instant.ofEpochMilli(
            HashFields.checked("an outcome with an odd at", () -> Long.valueOf(at)));
    return switch (state) {
      case OPENED -> new Outcome.Opened(when);
      case REFUSED ->
          new Outcome.Refused(
              Reason.parse(reason)
                  .orElseThrow(() -> new UnreadableValue("an outcome with an odd reason")),
              when);
      case UNKNOWN -> new Outcome.Unknown(when);
      default -> throw new UnreadableValue("an outcome with an odd state");
    };
  }
}
