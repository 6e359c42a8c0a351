package io.vestibule.grant;

import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An attempt as the fields of its hash, which the scripts write. */
final class AttemptFields {
  private static final String PENDING = "pending";
  private static final String OPENED = "opened";
  private static final String REFUSED = "refused";
  private static final String UNKNOWN = "unknown";

  private AttemptFields() {}

  static Attempt read(Map<String, String> fields) {
    return new Attempt(
        new UnlockId(field(fields, "unlock")),
        field(fields, "request_hash"),
        new Claim.Who(
            new CourierId(field(fields, "courier")), new CarrierId(field(fields, "carrier"))),
        new Claim.Where(
            new DoorId(field(fields, "door")),
            new BuildingId(field(fields, "building")),
            Integer.parseInt(field(fields, "retention_days"))),
        new GrantId(field(fields, "grant")),
        instant(field(fields, "claimed_at")),
        instant(field(fields, "deadline")),
        field(fields, "state").equals(PENDING)
            ? Optional.empty()
            : Optional.of(
                outcome(field(fields, "state"), field(fields, "reason"), field(fields, "at"))));
  }

  /** Names and values of all but the outcome, in turn. */
  static List<String> claimed(Attempt attempt) {
    return List.of(
        "unlock", attempt.unlock().text(),
        "request_hash", attempt.requestHash(),
        "courier", attempt.who().courier().text(),
        "carrier", attempt.who().carrier().text(),
        "door", attempt.where().door().text(),
        "building", attempt.where().building().text(),
        "retention_days", Integer.toString(attempt.where().retentionDays()),
        "grant", attempt.grant().text(),
        "claimed_at", Long.toString(attempt.claimedAt().toEpochMilli()),
        "deadline", Long.toString(attempt.deadline().toEpochMilli()));
  }

  static Outcome outcome(String state, String reason, String at) {
    return switch (state) {
      case OPENED -> new Outcome.Opened(instant(at));
      case REFUSED ->
          new Outcome.Refused(
              Reason.parse(reason)
                  .orElseThrow(() -> new IllegalStateException("no reason " + reason)),
              instant(at));
      case UNKNOWN -> new Outcome.Unknown(instant(at));
      default -> throw new IllegalStateException("no state " + state);
    };
  }

  private static Instant instant(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalStateException("an attempt without " + name);
    }
    return value;
  }
}
