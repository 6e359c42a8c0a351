package io.vestibule.http;

import io.vertx.core.buffer.Buffer;
import io.vestibule.access.BuildingId;
import io.vestibule.audit.AuditPage;
import io.vestibule.audit.AuditReader;
import io.vestibule.audit.LiveLog;
import io.vestibule.audit.RecordId;
import io.vestibule.audit.StoredRecord;
import io.vestibule.audit.Watch;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a log as server-sent events: page by page from where the reader was up to the end, then
 * live. A reader that falls behind goes back to pages, which it is given no faster than it takes
 * them, so that no more than one waits here.
 */
@LoopConfined
final class EventStream implements LiveLog.Watcher {
  private static final int PAGE_COUNT_MAX = 100;
  private static final int RECONNECT_MS = 2_000;

  /** Each failure is counted and may be logged. */
  private static final Duration RETRY = Duration.ofMillis(500);

  /** Where a reader starts, and what it must know of that. */
  record Start(RecordId place, String comment) {
    static Start anew(RecordId newest) {
      return new Start(newest, "");
    }

    /** Whether anything was trimmed after the place is not known, but that it may have been is. */
    static Start resumed(RecordId place, Optional<RecordId> oldest) {
      if (place.equals(RecordId.BEGINNING)
          || oldest.filter(first -> !first.after(place)).isPresent()) {
        return new Start(place, "");
      }
      String begins = oldest.map(first -> "begins at " + first).orElse("is empty");
      return new Start(
          place,
          ": the log " + begins + "; records before that and after " + place + " are gone\n");
    }
  }

  private final OpenStream open;
  private final AuditReader reader;
  private final BuildingId building;
  private final LiveLog live;
  private RecordId place = RecordId.BEGINNING;
  private @Nullable Watch watch;

  EventStream(OpenStream open, AuditReader reader, BuildingId building, LiveLog live) {
    this.open = open;
    this.reader = reader;
    this.building = building;
    this.live = live;
  }

  void from(Start start) {
    place = start.place();
    open.whenEnded(this::unwatch);
    // The id alone is no event, but what the reader resumes after if it is cut before the first.
    String opening = "retry: " + RECONNECT_MS + "\n" + start.comment() + "id: " + place + "\n\n";
    open.write(Buffer.buffer(opening), 0);
    read();
  }

  @Override
  public void recorded(List<StoredRecord> records) {
    send(records);
    if (open.full()) {
      unwatch();
      open.whenDrained(this::read);
    }
  }

  @Override
  public void failed(Throwable bug) {
    open.fail(bug);
  }

  private void read() {
    reader
        .after(building, place, PAGE_COUNT_MAX)
        .onComplete(
            (page, cause) -> {
              if (open.ended()) {
                return;
              }
              if (cause == null) {
                took(page);
              } else if (cause instanceof StoreUnavailable) {
                open.later(RETRY, this::read);
              } else {
                open.fail(cause);
              }
            });
  }

  private void took(AuditPage page) {
    send(page.records());
    if (open.full() || page.more()) {
      open.whenDrained(this::read);
    } else if (!open.ended()) {
      watch = live.watch(building, place, this);
    }
  }

  private void send(List<StoredRecord> records) {
    if (!records.isEmpty()) {
      place = records.get(records.size() - 1).id();
      open.write(events(records), records.size());
    }
  }

  private void unwatch() {
    Watch ended = watch;
    watch = null;
    if (ended != null) {
      ended.end();
    }
  }

  private static Buffer events(List<StoredRecord> records) {
    Buffer events = Buffer.buffer();
    for (StoredRecord record : records) {
      events.appendString("id: ").appendString(record.id().toString());
      events.appendString("\ndata: ").appendString(record.json()).appendString("\n\n");
    }
    return events;
  }
}
