package io.vestibule.cluster;

import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import java.time.Instant;

/**
 * What the door edge tells the cluster, and asks it. All methods may be called from any thread and
 * none waits.
 */
public interface Whereabouts {
  /** A session of the door began or ended here: {@link Sessions} says what there is now. */
  void changed(DoorId door);

  /**
   * Whether the door was connected to another node by the time its session here ended, and still
   * is: it was not offline then. Fails only with {@link io.vestibule.store.StoreUnavailable}.
   */
  Future<Boolean> movedBy(DoorId door, Instant ended);

  /** Of a node that has no others. */
  static Whereabouts alone() {
    return new Whereabouts() {
      @Override
      public void changed(DoorId door) {
        // Nobody asks.
      }

      @Override
      public Future<Boolean> movedBy(DoorId door, Instant ended) {
        return Future.succeededFuture(false);
      }
    };
  }
}
