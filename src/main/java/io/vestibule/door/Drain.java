package io.vestibule.door;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;

/**
 * Ends all connections at a rate, each once its {@link Departure} is due; its state is touched by
 * its own timer alone.
 */
final class Drain {
  private static final int STEPS_PER_SECOND = 10;

  private final Vertx vertx;
  private final DoorRegistry registry;
  private final int doorsPerStep;
  private final Promise<Void> drained = Promise.promise();
  private final ArrayDeque<Registration> left = new ArrayDeque<>();

  Drain(Vertx vertx, DoorRegistry registry, int doorsPerSecond) {
    this.vertx = vertx;
    this.registry = registry;
    this.doorsPerStep = Math.max(1, doorsPerSecond / STEPS_PER_SECOND);
  }

  Future<Void> start() {
    vertx.setPeriodic(1000 / STEPS_PER_SECOND, this::step);
    return drained.future();
  }

  private void step(long timerId) {
    if (left.isEmpty()) {
      // Again, for doors that were accepted while the first were sent away, or had to stay.
      left.addAll(registry.all());
    }
    for (int asked = 0; asked < doorsPerStep && !left.isEmpty(); asked++) {
      left.remove().drain();
    }
    if (registry.count() == 0) {
      vertx.cancelTimer(timerId);
      drained.tryComplete();
    }
  }
}
