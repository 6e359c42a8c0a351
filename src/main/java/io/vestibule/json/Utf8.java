package io.vestibule.json;

/** The one byte form of each character (RFC 3629). */
final class Utf8 {
  private static final int SURROGATE_FIRST = 0xD800;
  private static final int SURROGATE_LAST = 0xDFFF;

  private Utf8() {}

  /** The index behind the character of several bytes that begins at {@code at}. */
  static int behind(byte[] bytes, int at) throws MalformedJson {
    int lead = bytes[at] & 0xFF;
    int size = size(lead);
    if (size == 0 || bytes.length - at < size) {
      throw notUtf8();
    }
    int point = lead & (0xFF >> (size + 1));
    for (int index = at + 1; index < at + size; index++) {
      if ((bytes[index] & 0xC0) != 0x80) {
        throw notUtf8();
      }
      point = point << 6 | (bytes[index] & 0x3F);
    }
    if (sizeOf(point) != size || surrogate(point) || point > Character.MAX_CODE_POINT) {
      throw notUtf8();
    }
    return at + size;
  }

  /** Writes a character, and says where the next one goes. */
  static int write(int point, byte[] bytes, int at) {
    int size = sizeOf(point);
    if (size == 1) {
      bytes[at] = (byte) point;
      return at + 1;
    }
    int rest = point;
    for (int index = at + size - 1; index > at; index--) {
      bytes[index] = (byte) (0x80 | (rest & 0x3F));
      rest >>= 6;
    }
    bytes[at] = (byte) (0xF00 >> size | rest);
    return at + size;
  }

  private static boolean surrogate(int point) {
    return point >= SURROGATE_FIRST && point <= SURROGATE_LAST;
  }

  /** By a first byte that says two or more; 0 for what is no such byte. */
  private static int size(int lead) {
    if (lead < 0xC0 || lead > 0xF7) {
      return 0;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }

  private static int sizeOf(int point) {
    if (point < 0x80) {
      return 1;
    }
    return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  private static MalformedJson notUtf8() {
    return new MalformedJson("not UTF-8");
  }
}
