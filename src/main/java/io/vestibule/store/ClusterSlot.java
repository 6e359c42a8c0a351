package io.vestibule.store;

import java.nio.charset.StandardCharsets;

/**
 * Which of a cluster's 16,384 slots a key is in (Redis cluster specification, key distribution).
 */
final class ClusterSlot {
  static final int COUNT = 16_384;
  private static final int POLYNOMIAL = 0x1021;

  private ClusterSlot() {}

  /** CRC16 (XMODEM) of what stands between the braces. */
  static int ofTag(String tag) {
    int crc = 0;
    for (byte next : tag.getBytes(StandardCharsets.UTF_8)) {
      crc ^= (next & 0xFF) << 8;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
      crc &= 0xFFFF;
    }
    return crc % COUNT;
  }

  /** A tag in this slot, which is 0 to 16,383; about as many are tried. */
  static String tagOf(int slot) {
    for (int number = 0; ; number++) {
      String tag = Integer.toString(number);
      if (ofTag(tag) == slot) {
        return tag;
      }
    }
  }
}
