package io.vestibule.door;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.Building;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.DoorEvent;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.store.StoreUnavailable;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;

/** The events of one door on their way to the audit log: one at a time, in order of arrival. */
@LoopConfined
final class EventIntake {
  private record Arrived(DoorEvent event, int payloadBytes, Runnable stored) {}

  private static final long STORE_AGAIN_MS = 250;
  private static final long RATE_AGAIN_MS = 100;

  private final Vertx vertx;
  private final Homes homes;
  private final AuditLog audit;
  private final Meters meters;
  private final DoorMeters edge;
  private final Guard guard;
  private final Allowances allowances;
  private final int countMax;
  private final int bytesMax;
  private final ArrayDeque<Arrived> queue = new ArrayDeque<>(2);
  private int queuedBytes;
  private boolean storing;
  private boolean underway;
  private OptionalLong againTimer = OptionalLong.empty();

  EventIntake(Doorway doorway, Guard guard) {
    this.vertx = doorway.vertx();
    this.homes = doorway.homes();
    this.audit = doorway.parts().audit();
    this.meters = doorway.parts().meters();
    this.edge = doorway.meters();
    this.countMax = doorway.limits().eventsOutstandingMax();
    this.bytesMax = doorway.limits().eventBytesOutstandingMax();
    this.allowances = doorway.events();
    this.guard = guard;
  }

  /**
   * Runs {@code stored} once the log has it, which is when the store is back if it is away; never
   * if too many wait or the session ends before. The door sends again what got no PUBACK.
   */
  void offer(DoorEvent event, int payloadBytes, Runnable stored) {
    if (queue.size() >= countMax || queuedBytes + payloadBytes > bytesMax) {
      meters.count(Count.DOOR_PUBLISHES_DEFERRED, "full");
      return;
    }
    queue.add(new Arrived(event, payloadBytes, stored));
    queuedBytes += payloadBytes;
    storeQueued();
  }

  /** No recursion: a log that is away may fail all of them on the spot, one within another. */
  private void storeQueued() {
    if (storing) {
      return;
    }
    storing = true;
    try {
      while (!underway && !queue.isEmpty()) {
        underway = true;
        if (allowances.take(queue.element().event().door())) {
          store(queue.element());
        } else {
          // The socket is read on: an ack of an unlock may be behind these events.
          meters.count(Count.DOOR_EVENTS_PACED);
          againAfter(RATE_AGAIN_MS);
        }
      }
    } finally {
      storing = false;
    }
  }

  private void store(Arrived head) {
    homes
        .of(head.event().door())
        .compose(building -> append(building, head.event()))
        .onComplete((done, failure) -> guard.run(() -> ended(head, Optional.ofNullable(failure))));
  }

  private Future<Void> append(Optional<Building> building, DoorEvent event) {
    if (building.isEmpty()) {
      // Door and building are gone for good: there is no log that a repeat could ever reach.
      edge.dropped(DoorTopics.Inbound.EVENT, DropCause.DOOR_GONE);
      return Future.succeededFuture();
    }
    return audit.append(building.get(), event).onSuccess(fresh -> counted(event, fresh)).mapEmpty();
  }

  private void counted(DoorEvent event, boolean fresh) {
    if (fresh) {
      edge.stored(event.type());
    } else {
      meters.count(Count.DOOR_EVENTS_REPEATED);
    }
  }

  /** What waits is dropped: the door sends it again over its next connection. */
  void over() {
    againTimer.ifPresent(vertx::cancelTimer);
    queue.clear();
    queuedBytes = 0;
  }

  private void ended(Arrived head, Optional<Throwable> failure) {
    if (queue.isEmpty()) {
      return; // The session is over.
    }
    if (failure.isPresent() && failure.get() instanceof StoreUnavailable) {
      meters.count(Count.DOOR_PUBLISHES_DEFERRED, "store_unavailable");
      againAfter(STORE_AGAIN_MS);
      return;
    }
    queue.remove();
    queuedBytes -= head.payloadBytes();
    underway = false;
    try {
      tell(head, failure); // [MQTT-4.6.0-2] before the next one's PUBACK
    } finally {
      storeQueued();
    }
  }

  private void againAfter(long waitMs) {
    againTimer = OptionalLong.of(vertx.setTimer(waitMs, timer -> guard.run(this::again)));
  }

  private void again() {
    againTimer = OptionalLong.empty();
    underway = false;
    storeQueued();
  }

  private void tell(Arrived head, Optional<Throwable> failure) {
    if (failure.isEmpty()) {
      head.stored().run();
    } else {
      meters.count(Count.DOOR_PUBLISHES_DEFERRED, "error");
      throw new IllegalStateException("event of " + head.event().door(), failure.get());
    }
  }
}
