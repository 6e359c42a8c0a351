package io.vestibule.testing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.Denial;
import io.vestibule.audit.DoorEvent;
import io.vestibule.audit.RecordType;
import io.vestibule.store.StoreUnavailable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An audit log in memory, which can fail or break. */
public final class FakeAuditLog implements AuditLog {
  private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
  private final List<DoorEvent> events = new CopyOnWriteArrayList<>();
  private final List<Runnable> unanswered = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusedCount = new AtomicInteger();
  private volatile boolean failing;
  private volatile boolean broken;
  private volatile boolean silent;

  public List<RecordType> presence(String door) {
    return records.stream()
        .filter(record -> record.door().filter(new DoorId(door)::equals).isPresent())
        .map(AuditRecord::type)
        .toList();
  }

  /** How many records it failed to take. */
  public int refusedCount() {
    return refusedCount.get();
  }

  public List<DoorEvent> events() {
    return events;
  }

  public void fail(boolean fails) {
    failing = fails;
  }

  /** From now on it throws, as only a bug does. */
  public void breakDown() {
    broken = true;
  }

  /** From now on it does not answer. */
  public void fallSilent() {
    silent = true;
  }

  /** Answers what it was silent on, and all that comes. */
  public void speak() {
    silent = false;
    unanswered.forEach(Runnable::run);
    unanswered.clear();
  }

  @Override
  public Future<Void> append(Building building, AuditRecord record) {
    if (failing) {
      refusedCount.incrementAndGet();
      return Future.failedFuture(new StoreUnavailable("append", new IllegalStateException("down")));
    }
    records.add(record);
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> append(Building building, DoorEvent event) {
    if (broken) {
      throw new IllegalStateException("bug in the log");
    }
    if (failing) {
      return Future.failedFuture(new StoreUnavailable("append", new IllegalStateException("down")));
    }
    events.add(event);
    return silent ? unanswered() : Future.succeededFuture(true);
  }

  @Override
  public Future<Boolean> appendOnce(Building building, AuditRecord record, String name) {
    return append(building, record).map(true);
  }

  @Override
  public Future<Boolean> append(Denial denial) {
    records.add(denial.record());
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Optional<ManagerId>> owner(BuildingId building) {
    return Future.succeededFuture(Optional.empty());
  }

  private Future<Boolean> unanswered() {
    Context context = Objects.requireNonNull(Vertx.currentContext(), "on a loop");
    Promise<Boolean> promise = Promise.promise();
    unanswered.add(() -> context.runOnContext(now -> promise.complete(true)));
    return promise.future();
  }
}
