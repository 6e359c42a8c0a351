package io.vestibule.access;

/** About how many bytes things take in the memory of a 64-bit JVM with compressed references. */
final class Sizes {
  static final int REFERENCE = 4;
  static final int LONG = 8;
  static final int ARRAY = 16;

  /** An object of a few fields. */
  static final int OBJECT = 32;

  private static final int TEXT = 40;
  // An immutable map keeps two places for an entry, each of a key and a value.
  private static final int MAP_ENTRY = 4 * REFERENCE;

  private Sizes() {}

  static int id(String text) {
    return ARRAY + TEXT + text.length();
  }

  static int map(int entryCount) {
    return OBJECT + ARRAY + MAP_ENTRY * entryCount;
  }
}
