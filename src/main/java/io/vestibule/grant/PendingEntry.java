package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Identifiers;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordJson;
import io.vestibule.audit.RecordType;
import io.vestibule.store.Keys;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the pending set keeps of an attempt: enough to close its record if the attempt is lost. */
record PendingEntry(UnlockId unlock, Claim.Where where) {
  private static final Script LOST = Script.load("pending_lost");
  private static final int PARTS = 4;

  /** As the scripts write it. */
  String text() {
    return String.join(
        " ",
        unlock.text(),
        where.door().text(),
        where.building().text(),
        Integer.toString(where.retentionDays()));
  }

  /** Empty for what no gateway wrote. */
  static Optional<PendingEntry> parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != PARTS
        || !Identifiers.legal(parts[0])
        || !Identifiers.legal(parts[1])
        || !Identifiers.legal(parts[2])
        || !parts[3].matches("[0-9]{1,4}")) {
      return Optional.empty();
    }
    return Optional.of(
        new PendingEntry(
            new UnlockId(parts[0]),
            new Claim.Where(
                new DoorId(parts[1]), new BuildingId(parts[2]), Integer.parseInt(parts[3]))));
  }

  /**
   * Records as unknown, once, an attempt of which nothing else is left.
   *
   * @return whether this was the one
   */
  Future<Boolean> closeLost(Store store, Instant now) {
    AuditRecord record =
        new AuditRecord(
            RecordType.UNLOCK_UNKNOWN,
            where.building(),
            Optional.of(where.door()),
            now,
            now,
            Map.of("unlock", unlock.text(), "reason", Reason.DOOR_TIMED_OUT.code()));
    String lifeMs = Long.toString(Duration.ofDays(where.retentionDays()).toMillis());
    String shard = Keys.shard(where.building());
    return store
        .evalDurably(
            LOST,
            List.of(Keys.pending(shard), Keys.audit(where.building())),
            List.of(text(), RecordJson.write(record), lifeMs))
        .map(reply -> reply.number() == 1);
  }
}
