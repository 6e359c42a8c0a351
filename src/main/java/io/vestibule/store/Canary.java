package io.vestibule.store;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The key that proves a connection: written over the connections that write, it must be told of on
 * the one that tells. Each flight has a key of its own, so that the expiry of an old one proves
 * nothing; and its prefix sorts after all others, since Redis tells what changed in one turn of its
 * loop in the order of the prefixes.
 */
final class Canary {
  private static final String PROCESS = UUID.randomUUID().toString();

  /** Of the whole process: what another canary left behind must prove nothing here. */
  private static final AtomicLong NUMBER = new AtomicLong();

  private final String slotTag;
  private String key = "";
  private long sentAtNanos;
  private long provenAtNanos;

  Canary(String slotTag, long begunNanos) {
    this.slotTag = slotTag;
    this.provenAtNanos = begunNanos;
  }

  /** What all of this process' canaries begin with, and no other's. */
  static String prefix() {
    return Keys.canaryPrefix(PROCESS);
  }

  /** The key to write now; empty while one is under way. */
  Optional<String> fly(long nowNanos) {
    if (!key.isEmpty()) {
      return Optional.empty();
    }
    key = Keys.canary(PROCESS, NUMBER.getAndIncrement(), slotTag);
    sentAtNanos = nowNanos;
    return Optional.of(key);
  }

  /** Whether this is the one under way, which has now come back. */
  boolean returned(String changed) {
    if (!changed.equals(key)) {
      return false;
    }
    key = "";
    provenAtNanos = sentAtNanos;
    return true;
  }

  long provenAtNanos() {
    return provenAtNanos;
  }
}
