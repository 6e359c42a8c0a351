package io.vestibule.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts that are expected: to read one of them makes no new string. */
public final class KnownTexts {
  private final String[] texts;
  private final byte[][] encoded;
  private final long[] keys;

  private KnownTexts(String[] texts) {
    this.texts = texts;
    this.encoded = new byte[texts.length][];
    this.keys = new long[texts.length];
    for (int index = 0; index < texts.length; index++) {
      encoded[index] = texts[index].getBytes(StandardCharsets.UTF_8);
      keys[index] = Stretch.key(encoded[index], 0, encoded[index].length);
    }
  }

  public static KnownTexts of(String... texts) {
    return new KnownTexts(texts.clone());
  }

  /** The text whose UTF-8 the bytes are, known or not. */
  String text(byte[] bytes, int from, int to) {
    long key = Stretch.key(bytes, from, to);
    for (int index = 0; index < keys.length; index++) {
      if (keys[index] == key && same(index, bytes, from, to)) {
        return texts[index];
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private boolean same(int index, byte[] bytes, int from, int to) {
    return Stretch.unmistakable(keys[index])
        || Arrays.equals(encoded[index], 0, encoded[index].length, bytes, from, to);
  }
}
