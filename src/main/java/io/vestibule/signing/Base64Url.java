package io.vestibule.signing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 7515, section 2), strict: each value has exactly one text, so that
 * nobody can change a signed text and keep its signature.
 */
public final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final byte[] VALUES = values();

  private Base64Url() {}

  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** Empty when the text is not canonical. */
  public static Optional<byte[]> decode(String text) {
    // What Latin-1 cannot hold becomes '?', which is no digit.
    byte[] digits = text.getBytes(StandardCharsets.ISO_8859_1);
    return decode(digits, 0, digits.length);
  }

  /** Empty when the digits from {@code from} until {@code to}, exclusive, are not canonical. */
  static Optional<byte[]> decode(byte[] digits, int from, int to) {
    int digitCount = to - from;
    byte[] decoded = new byte[digitCount * 3 / 4];
    int bits = 0;
    int bitCount = 0;
    int size = 0;
    for (int index = from; index < to; index++) {
      int value = VALUES[digits[index] & 0xFF];
      if (value < 0) {
        return Optional.empty();
      }
      bits = bits << 6 | value;
      bitCount += 6;
      if (bitCount >= 8) {
        bitCount -= 8;
        decoded[size++] = (byte) (bits >> bitCount);
        bits &= (1 << bitCount) - 1;
      }
    }
    // One digit too many leaves six bits; the bits left over by two or three must be zero.
    return bitCount == 6 || bits != 0 ? Optional.empty() : Optional.of(decoded);
  }

  /** Whether each character is a digit of base64url, whatever they would decode to. */
  public static boolean digitsOnly(String text) {
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      if (c > 0xFF || VALUES[c] < 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] values() {
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int value = 0; value < digits.length(); value++) {
      values[digits.charAt(value)] = (byte) value;
    }
    return values;
  }
}
