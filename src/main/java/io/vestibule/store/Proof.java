package io.vestibule.store;

import io.vestibule.concurrent.LoopConfined;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What shows that one connection tells of all that is written: a canary from each connection over
 * which entries are read. One that leads to another server, as to a primary that was replaced, is
 * found out by that.
 */
@LoopConfined
final class Proof {
  private final String slotTag;
  private final long begunNanos;
  private final Map<Link, Canary> canaries = new HashMap<>();

  Proof(String slotTag, long begunNanos) {
    this.slotTag = slotTag;
    this.begunNanos = begunNanos;
  }

  /** The key to write over that connection now; empty while its canary is under way. */
  Optional<String> fly(Link from, long nowNanos) {
    return canaries.computeIfAbsent(from, unproven -> new Canary(slotTag, nowNanos)).fly(nowNanos);
  }

  /** Whether this is the key of one of its canaries, which has now come back. */
  boolean returned(String key) {
    for (Canary canary : canaries.values()) {
      if (canary.returned(key)) {
        return true;
      }
    }
    return false;
  }

  /** The oldest of the latest proofs, on the monotonic clock. */
  long provenAtNanos() {
    // Subtract before comparing: nanoTime may wrap.
    return canaries.values().stream()
        .map(Canary::provenAtNanos)
        .reduce((one, other) -> one - other < 0 ? one : other)
        .orElse(begunNanos);
  }
}
