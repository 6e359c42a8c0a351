package io.vestibule.audit;

import io.vertx.core.Vertx;
import io.vestibule.access.BuildingId;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The end of one log, read on and on while anybody watches. */
@LoopConfined
final class Tail {
  private static final int COUNT_MAX = 100;
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /** Each failure is counted and may be logged, so not as often as the interval. */
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Vertx vertx;
  private final AuditReader reader;
  private final BuildingId building;
  private final Duration interval;
  private final List<Watch> watches = new ArrayList<>();
  private RecordId place = RecordId.BEGINNING;
  private long timerId = -1;

  Tail(Vertx vertx, AuditReader reader, BuildingId building, Duration interval) {
    this.vertx = vertx;
    this.reader = reader;
    this.building = building;
    this.interval = interval;
  }

  void add(Watch watch) {
    boolean first = watches.isEmpty();
    watches.add(watch);
    // One that is further back takes the tail back; the others have seen what then comes again.
    if (first || place.after(watch.place())) {
      place = watch.place();
    }
    if (first) {
      readIn(interval);
    }
  }

  /** Whether it was the last, with which the tail has ended. */
  boolean remove(Watch watch) {
    watches.remove(watch);
    if (watches.isEmpty()) {
      vertx.cancelTimer(timerId);
    }
    return watches.isEmpty();
  }

  private void readIn(Duration wait) {
    timerId = vertx.setTimer(wait.toMillis(), fired -> read());
  }

  private void read() {
    RecordId from = place;
    reader
        .after(building, from, COUNT_MAX)
        .onComplete(
            (page, cause) -> {
              if (cause == null) {
                took(from, page);
              } else {
                failed(cause);
              }
            });
  }

  private void took(RecordId from, AuditPage page) {
    // Had one joined further back meanwhile, this page would lead past what it has not seen.
    boolean whole = place.equals(from);
    if (whole && !page.records().isEmpty()) {
      tell(page.records());
    }
    if (!watches.isEmpty()) {
      readIn(whole && !page.more() ? interval : AT_ONCE);
    }
  }

  private void tell(List<StoredRecord> records) {
    place = records.get(records.size() - 1).id();
    for (Watch watch : List.copyOf(watches)) {
      watch.tell(records);
    }
  }

  private void failed(Throwable cause) {
    if (watches.isEmpty()) {
      return;
    }
    if (cause instanceof StoreUnavailable) {
      readIn(RETRY);
      return;
    }
    for (Watch watch : List.copyOf(watches)) {
      watch.fail(cause);
    }
  }
}
