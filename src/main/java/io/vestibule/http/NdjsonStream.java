package io.vestibule.http;

import io.vertx.core.buffer.Buffer;
import io.vestibule.access.BuildingId;
import io.vestibule.audit.AuditPage;
import io.vestibule.audit.AuditReader;
import io.vestibule.audit.RecordId;
import io.vestibule.audit.StoredRecord;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.http.Streams.End;
import io.vestibule.store.StoreUnavailable;
import java.util.List;

/**
 * Writes a log as one JSON text a line, up to its end as it was when it was asked for. A page is
 * read when the one before has gone to the reader, so that no more than one waits here.
 */
@LoopConfined
final class NdjsonStream {
  private static final int PAGE_COUNT_MAX = 100;

  private final OpenStream open;
  private final AuditReader reader;
  private final BuildingId building;
  private RecordId place = RecordId.BEGINNING;
  private RecordId last = RecordId.BEGINNING;
  private int leftCount;

  NdjsonStream(OpenStream open, AuditReader reader, BuildingId building) {
    this.open = open;
    this.reader = reader;
    this.building = building;
  }

  /** The records that the query asks for, none of them after {@code end}. */
  void send(LogQuery query, RecordId end) {
    place = query.after();
    last = end;
    leftCount = query.limit().orElse(Integer.MAX_VALUE);
    next(true);
  }

  private void next(boolean more) {
    if (open.ended()) {
      return;
    }
    if (more && leftCount > 0 && last.after(place)) {
      open.whenDrained(this::read);
    } else {
      open.whenDrained(() -> open.end(End.FINISHED));
    }
  }

  private void read() {
    reader
        .after(building, place, Math.min(PAGE_COUNT_MAX, leftCount))
        .onComplete(
            (page, cause) -> {
              if (cause == null) {
                took(page);
              } else if (cause instanceof StoreUnavailable) {
                open.end(End.STORE_UNAVAILABLE);
              } else {
                open.fail(cause);
              }
            });
  }

  private void took(AuditPage page) {
    List<StoredRecord> records =
        page.records().stream().filter(record -> !record.id().after(last)).toList();
    if (!records.isEmpty()) {
      place = records.get(records.size() - 1).id();
      leftCount -= records.size();
      open.write(lines(records), records.size());
    }
    // One recorded since then means that the end has been passed.
    next(page.more() && records.size() == page.records().size());
  }

  private static Buffer lines(List<StoredRecord> records) {
    Buffer lines = Buffer.buffer();
    records.forEach(record -> lines.appendString(record.json()).appendString("\n"));
    return lines;
  }
}
