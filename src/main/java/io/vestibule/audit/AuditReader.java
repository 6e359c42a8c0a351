package io.vestibule.audit;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import java.util.Optional;

/**
 * Reads the log of a building; one without records reads as empty. An entry that is no record of
 * this gateway's is served in its place as {@code vestibule.audit.unreadable}, and counted. Every
 * future fails only with {@link io.vestibule.store.StoreUnavailable} and completes on the caller's
 * context.
 */
public interface AuditReader {
  /** The most records of one page. */
  int COUNT_MAX = 1_000;

  /**
   * The records after the place, oldest first, none of them skipped or repeated from page to page
   * while others are written and old ones trimmed. The page ends after {@code countMax}, 1 to
   * {@link #COUNT_MAX}, or with the record that reaches 1 MiB.
   */
  Future<AuditPage> after(BuildingId building, RecordId place, int countMax);

  /** The oldest record's. */
  Future<Optional<RecordId>> oldest(BuildingId building);

  /** The newest record's. */
  Future<Optional<RecordId>> newest(BuildingId building);
}
