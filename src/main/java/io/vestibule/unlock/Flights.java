package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.concurrent.AnyThread;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The requests underway on this node, by the hash of their bytes: the same bytes arriving
 * meanwhile, on whichever loop, wait for the first instead of asking the store.
 */
@AnyThread
final class Flights {
  private final ConcurrentMap<String, Future<Answer>> byRequestHash = new ConcurrentHashMap<>();
  private final int countMax;

  Flights(int countMax) {
    this.countMax = countMax;
  }

  /** The answer that the same bytes wait for already; else {@code answer} is that from now on. */
  Optional<Future<Answer>> join(String requestHash, Future<Answer> answer) {
    return Optional.ofNullable(byRequestHash.putIfAbsent(requestHash, answer));
  }

  Optional<Future<Answer>> find(String requestHash) {
    return Optional.ofNullable(byRequestHash.get(requestHash));
  }

  /** Whether the latest to join is one too many; it lands again. */
  boolean crowded() {
    return byRequestHash.size() > countMax;
  }

  void land(String requestHash) {
    byRequestHash.remove(requestHash);
  }

  int count() {
    return byRequestHash.size();
  }
}
