package io.vestibule.audit;

import io.vestibule.access.BuildingId;
import io.vestibule.store.Keys;
import io.vestibule.store.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys and arguments of the script that bounds a building's denials by the minute. */
final class DenialScript {
  static final Script SCRIPT = Script.load("audit_denial");

  /** One a second: more than people at the doors cause, and a month of it still can be read. */
  static final int COUNT_MAX = 60;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private DenialScript() {}

  static List<String> keys(BuildingId building) {
    return List.of(
        Keys.denials(building), Keys.suppressed(Keys.shard(building)), Keys.audit(building));
  }

  static List<String> arguments(Denial denial) {
    List<String> args = closing(denial.record().building(), denial.record().receivedAt());
    args.add(Integer.toString(COUNT_MAX));
    args.add(denial.reason().code());
    args.add(RecordJson.write(denial.record()));
    args.add(RecordJson.write(suppressed(denial)));
    args.add(Retention.lifeMs(denial.retentionDays()));
    return args;
  }

  /** Only writes what a minute that is over left to be written. */
  static List<String> closing(BuildingId building, Instant now) {
    List<String> args = new ArrayList<>();
    args.add(building.text());
    args.add(Long.toString(minute(now).toEpochMilli()));
    return args;
  }

  /** Of the denial's minute; the script puts the counts in their places. */
  private static AuditRecord suppressed(Denial denial) {
    Instant from = minute(denial.record().receivedAt());
    return new AuditRecord(
        RecordType.UNLOCK_SUPPRESSED,
        denial.record().building(),
        Optional.empty(),
        from,
        from.plus(MINUTE),
        Map.of("count", 0, "minute", from.toString(), "reasons", Map.of()));
  }

  private static Instant minute(Instant at) {
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 60L) * 60);
  }
}
