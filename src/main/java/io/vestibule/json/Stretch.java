package io.vestibule.json;

/** Compares stretches of bytes by a number first, which tells short ones apart for good. */
final class Stretch {
  /** What fits into a key beside the size. */
  private static final int KEY_SIZE_MAX = 7;

  private Stretch() {}

  /** The size and the first bytes. */
  static long key(byte[] bytes, int from, int to) {
    int size = to - from;
    int keyTo = size > KEY_SIZE_MAX ? from + KEY_SIZE_MAX : to;
    long key = Math.min(size, KEY_SIZE_MAX + 1);
    for (int index = from; index < keyTo; index++) {
      key = key << Byte.SIZE | (bytes[index] & 0xFF);
    }
    return key;
  }

  /** Whether no other stretch than one of the same bytes has this key. */
  static boolean unmistakable(long key) {
    return (key >>> (KEY_SIZE_MAX * Byte.SIZE)) <= KEY_SIZE_MAX;
  }
}
