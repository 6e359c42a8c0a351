package io.vestibule.json;

/**
 * Takes the tokens of JSON (RFC 8259) from bytes, one after the other. A text is unescaped where it
 * stands, so that it is a stretch of the bytes like any other.
 */
final class Scanner {
  /** What the place behind the last byte reads as; it stands nowhere in UTF-8. */
  private static final int END = (byte) 0xFF;

  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;

  private final byte[] bytes;
  private int at;

  private int from;
  private int to;
  private boolean whole;

  /** The bytes are the scanner's own from now on. */
  Scanner(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Where the text or the number taken last begins. */
  int from() {
    return from;
  }

  /** Where the text or the number taken last ends, exclusive. */
  int to() {
    return to;
  }

  /** Whether the number taken last has neither fraction nor exponent. */
  boolean whole() {
    return whole;
  }

  int peek() {
    return at < bytes.length ? bytes[at] : END;
  }

  boolean take(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  void require(char expected) throws MalformedJson {
    if (!take(expected)) {
      throw new MalformedJson("no " + expected + " where one belongs");
    }
  }

  void requireEnd() throws MalformedJson {
    if (at < bytes.length) {
      throw new MalformedJson("more than one value");
    }
  }

  void skipSpace() {
    while (at < bytes.length && space(bytes[at])) {
      at++;
    }
  }

  void literal(String expected) throws MalformedJson {
    for (int index = 0; index < expected.length(); index++) {
      require(expected.charAt(index));
    }
  }

  void number() throws MalformedJson {
    from = at;
    take('-');
    int digitCount = take('0') ? 1 : digits();
    int wholeTo = at;
    if (take('.')) {
      digitCount += digits();
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      digitCount += digits();
    }
    to = at;
    whole = to == wholeTo;
    if (digitCount > Json.NUMBER_LENGTH_MAX) {
      throw new MalformedJson("a number of more than " + Json.NUMBER_LENGTH_MAX + " digits");
    }
  }

  void text() throws MalformedJson {
    require('"');
    from = at;
    while (at < bytes.length) {
      byte next = bytes[at];
      if (next == '"') {
        to = at++;
        return;
      }
      if (next == '\\') {
        unescape();
        return;
      }
      at = behindCharacter();
    }
    throw endless();
  }

  /** From a text's first escape on: what follows moves into the room that escapes leave. */
  private void unescape() throws MalformedJson {
    int target = at;
    while (at < bytes.length) {
      byte next = bytes[at];
      if (next == '"') {
        to = target;
        at++;
        return;
      }
      if (next == '\\') {
        target = Utf8.write(escaped(), bytes, target);
      } else {
        target = moveCharacter(target);
      }
    }
    throw endless();
  }

  private int moveCharacter(int target) throws MalformedJson {
    int from = at;
    at = behindCharacter();
    System.arraycopy(bytes, from, bytes, target, at - from);
    return target + at - from;
  }

  private int behindCharacter() throws MalformedJson {
    byte first = bytes[at];
    if (first >= ' ') {
      return at + 1;
    }
    if (first >= 0) {
      throw new MalformedJson("a control character in a text");
    }
    return Utf8.behind(bytes, at);
  }

  private int escaped() throws MalformedJson {
    require('\\');
    int letter = peek();
    at++;
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> point();
      default -> throw badEscape();
    };
  }

  /** A character beyond 16 bits takes two escapes; half of one is no character. */
  private int point() throws MalformedJson {
    char unit = unit();
    if (!Character.isSurrogate(unit)) {
      return unit;
    }
    literal("\\u");
    char second = unit();
    if (!Character.isSurrogatePair(unit, second)) {
      throw badEscape();
    }
    return Character.toCodePoint(unit, second);
  }

  private char unit() throws MalformedJson {
    int unit = 0;
    for (int index = 0; index < HEX_DIGITS; index++) {
      int value = Character.digit(peek(), HEX);
      if (value < 0) {
        throw badEscape();
      }
      unit = unit * HEX + value;
      at++;
    }
    return (char) unit;
  }

  /** How many; none where one belongs is a fault. */
  private int digits() throws MalformedJson {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw new MalformedJson("no value where one belongs");
    }
    return at - start;
  }

  private static boolean space(byte next) {
    return next == ' ' || next == '\t' || next == '\n' || next == '\r';
  }

  private static MalformedJson endless() {
    return new MalformedJson("a text without end");
  }

  private static MalformedJson badEscape() {
    return new MalformedJson("an escape that means nothing");
  }
}
