package io.vestibule.cluster;

import io.vertx.core.Future;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.store.Keys;
import io.vestibule.store.Store;
import io.vestibule.time.Time;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Which nodes are alive. What Redis says of a lease holds until that lease would end: a node that
 * dies counts as alive no longer than if Redis were asked each time.
 */
@AnyThread
final class Leases {
  private static final int NODES_MAX = 1_024;
  private static final Future<Boolean> ALIVE = Future.succeededFuture(true);

  private final Store store;
  private final Time time;
  private final ConcurrentMap<NodeName, Long> endNanosByNode = new ConcurrentHashMap<>();

  Leases(Store store, Time time) {
    this.store = store;
    this.time = time;
  }

  /** Fails only with {@link io.vestibule.store.StoreUnavailable}. */
  Future<Boolean> alive(NodeName node) {
    long askedNanos = time.nanoTime();
    Long endNanos = endNanosByNode.get(node);
    // Subtract before comparing: nanoTime may wrap.
    if (endNanos != null && endNanos - askedNanos > 0) {
      return ALIVE;
    }
    return store
        .command("PTTL", Keys.lease(node.text()))
        .map(reply -> learn(node, askedNanos, reply.number()));
  }

  /** The node gave up its lease before its end, or Redis forgot it. */
  void forget(NodeName node) {
    endNanosByNode.remove(node);
  }

  private boolean learn(NodeName node, long askedNanos, long leftMs) {
    if (leftMs <= 0) {
      forget(node);
      return false;
    }
    if (endNanosByNode.size() >= NODES_MAX) {
      endNanosByNode.clear(); // Of nodes that are gone, but for a few.
    }
    endNanosByNode.put(node, askedNanos + TimeUnit.MILLISECONDS.toNanos(leftMs));
    return true;
  }
}
