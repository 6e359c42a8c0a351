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

  /** So many digits make three bytes. */
  private static final int GROUP = 4;

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
    int restFrom = to - digitCount % GROUP;
    byte[] decoded = new byte[digitCount * 3 / GROUP];
    int size = 0;
    int all = rest(digits, restFrom, to, decoded);
    for (int index = from; index < restFrom; index += GROUP) {
      int group =
          value(digits[index]) << 18
              | value(digits[index + 1]) << 12
              | value(digits[index + 2]) << 6
              | value(digits[index + 3]);
      all |= group;
      decoded[size++] = (byte) (group >> 16);
      decoded[size++] = (byte) (group >> 8);
      decoded[size++] = (byte) group;
    }
    // What is no digit has set the sign.
    return all >= 0 && (digitCount == 0 || wholeBytes(digitCount, value(digits[to - 1])))
        ? Optional.of(decoded)
        : Optional.empty();
  }

  /** Decodes the digits behind the last whole group to the end; negative when one is none. */
  private static int rest(byte[] digits, int from, int to, byte[] decoded) {
    int rest = 0;
    for (int index = from; index < from + GROUP; index++) {
      rest = rest << 6 | (index < to ? value(digits[index]) : 0);
    }
    int shift = 16;
    for (int index = decoded.length - decoded.length % 3; index < decoded.length; index++) {
      decoded[index] = (byte) (rest >> shift);
      shift -= Byte.SIZE;
    }
    return rest;
  }

  /** Whether the last digit adds no bits to those of whole bytes but zeros. */
  private static boolean wholeBytes(int digitCount, int last) {
    return switch (digitCount % GROUP) {
      case 0 -> true;
      case 2 -> (last & 0xF) == 0;
      case 3 -> (last & 0x3) == 0;
      default -> false;
    };
  }

  /** Whether the text is the one text of some bytes. */
  public static boolean canonical(String text) {
    int length = text.length();
    return digitsOnly(text) && (length == 0 || wholeBytes(length, VALUES[text.charAt(length - 1)]));
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

  /** Whether each byte from {@code from} on is a digit of base64url. */
  static boolean digitsOnly(byte[] bytes, int from) {
    for (int index = from; index < bytes.length; index++) {
      if (value(bytes[index]) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int value(byte digit) {
    return VALUES[digit & 0xFF];
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
