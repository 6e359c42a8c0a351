package io.vestibule.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** What the digits of JSON's numbers stand for. */
final class Numbers {
  /** A long holds every number of this length, and a double does so without rounding. */
  private static final int EXACT_LENGTH = 15;

  /** Each of them exactly a double. */
  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14
  };

  private Numbers() {}

  /** Of a number with neither fraction nor exponent; empty when no long holds it. */
  static OptionalLong integer(byte[] bytes, int from, int to) {
    if (to - from <= EXACT_LENGTH) {
      long magnitude = digits(bytes, from, to);
      return OptionalLong.of(bytes[from] == '-' ? -magnitude : magnitude);
    }
    BigInteger number = new BigInteger(ascii(bytes, from, to));
    return number.bitLength() < Long.SIZE
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /** The double that is nearest. */
  static double decimal(byte[] bytes, int from, int to) {
    int scale = scale(bytes, from, to);
    if (scale < 0 || to - from > EXACT_LENGTH) {
      return Double.parseDouble(ascii(bytes, from, to));
    }
    // Both are exact, so that dividing rounds once, to the nearest.
    double magnitude = digits(bytes, from, to) / POWERS_OF_TEN[scale];
    return bytes[from] == '-' ? -magnitude : magnitude;
  }

  /** All digits as one whole number, whatever stands between them. */
  private static long digits(byte[] bytes, int from, int to) {
    long number = 0;
    for (int index = from; index < to; index++) {
      int value = bytes[index] - '0';
      if (value >= 0) {
        number = number * 10 + value;
      }
    }
    return number;
  }

  /** How many digits stand behind the point; negative where there is an exponent. */
  private static int scale(byte[] bytes, int from, int to) {
    int scale = 0;
    for (int index = from; index < to; index++) {
      if (bytes[index] == '.') {
        scale = to - index - 1;
      } else if (bytes[index] > '9') {
        return -1;
      }
    }
    return scale;
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }
}
