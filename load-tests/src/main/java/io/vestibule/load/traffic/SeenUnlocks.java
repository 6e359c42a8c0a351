package io.vestibule.load.traffic;

/**
 * Which unlocks doors were commanded for: by 64 bits of each id, so that ten millions fit, and two
 * ids out of ten millions are mistaken for one in one run of hundreds of thousands. Confined to one
 * thread.
 */
final class SeenUnlocks {
  private static final int ROOM_AT_FIRST = 1 << 16;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long[] slots = new long[ROOM_AT_FIRST];
  private int count;

  /** Whether it was not seen before. */
  boolean add(String unlock) {
    if (count * 2 >= slots.length) {
      grow();
    }
    boolean added = put(slots, hash(unlock));
    count += added ? 1 : 0;
    return added;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long hash : slots) {
      if (hash != 0) {
        put(larger, hash);
      }
    }
    slots = larger;
  }

  private static boolean put(long[] slots, long hash) {
    int at = (int) hash & (slots.length - 1);
    while (slots[at] != 0) {
      if (slots[at] == hash) {
        return false;
      }
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = hash;
    return true;
  }

  /** FNV-1a, mixed once more; never 0, which marks an empty slot. */
  private static long hash(String unlock) {
    long hash = FNV_OFFSET;
    for (int index = 0; index < unlock.length(); index++) {
      hash = (hash ^ unlock.charAt(index)) * FNV_PRIME;
    }
    hash ^= hash >>> 32;
    hash *= 0xd6e8feb86659fd93L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
