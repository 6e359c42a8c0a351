package io.vestibule.json;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads one JSON object in a single pass, member by member and without a tree, as strictly as
 * {@link Json}; half of a surrogate pair is no text here.
 *
 * <p>What is said of a member's value holds until the next member.
 */
public final class ObjectReader {
  private static final KnownTexts NONE = KnownTexts.of();

  /** What a member holds. */
  public enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL,
    OBJECT,
    ARRAY
  }

  private final byte[] bytes;
  private final Scanner scanner;
  private final SeenNames names;

  /** One bit a level, set where it is an object's. */
  private long objects;

  private int depth;

  /** Nothing was read yet in the object or array that was opened last. */
  private boolean first;

  private int nameFrom;
  private int nameTo;
  private Kind kind = Kind.NULL;

  /** The value is an object or array whose inside is yet to come. */
  private boolean unread;

  private ObjectReader(byte[] bytes) {
    this.bytes = bytes;
    this.scanner = new Scanner(bytes);
    this.names = new SeenNames(bytes);
  }

  /**
   * Begins before the first member of the one object that the bytes are.
   *
   * @param bytes are the reader's own from now on: it overwrites escapes
   */
  public static ObjectReader open(byte[] bytes) throws MalformedJson {
    ObjectReader reader = new ObjectReader(bytes);
    reader.scanner.skipSpace();
    reader.open(Kind.OBJECT);
    reader.unread = false;
    return reader;
  }

  /**
   * Goes to the next member of the object entered last. Behind the last one it goes back to the
   * object around that, or finds that nothing follows the outermost.
   *
   * @return whether there was one more
   */
  public boolean next() throws MalformedJson {
    if (unread) {
      skip();
    }
    return advance();
  }

  /** The member's name. */
  public String name(KnownTexts known) {
    return known.text(bytes, nameFrom, nameTo);
  }

  public Kind kind() {
    return kind;
  }

  /** Empty when the value is no text. */
  public Optional<String> text() {
    return text(NONE);
  }

  /** Empty when the value is no text. */
  public Optional<String> text(KnownTexts known) {
    return kind == Kind.TEXT
        ? Optional.of(known.text(bytes, scanner.from(), scanner.to()))
        : Optional.empty();
  }

  /** Empty when the value is no number, has a fraction or an exponent, or no long holds it. */
  public OptionalLong integer() {
    return kind == Kind.NUMBER && scanner.whole()
        ? Numbers.integer(bytes, scanner.from(), scanner.to())
        : OptionalLong.empty();
  }

  /** The double nearest to the value; empty when that is no number. */
  public OptionalDouble number() {
    if (kind != Kind.NUMBER) {
      return OptionalDouble.empty();
    }
    OptionalLong integer = integer();
    return OptionalDouble.of(
        integer.isPresent()
            ? integer.getAsLong()
            : Numbers.decimal(bytes, scanner.from(), scanner.to()));
  }

  /** Goes into the value, before its first member; does nothing when that is no object. */
  public boolean enter() {
    if (kind != Kind.OBJECT) {
      return false;
    }
    unread = false;
    return true;
  }

  /** To the end of the array or object that the value is. */
  private void skip() throws MalformedJson {
    unread = false;
    int around = depth - 1;
    while (depth > around) {
      advance();
    }
    unread = false;
  }

  private boolean advance() throws MalformedJson {
    boolean object = (objects >> depth & 1) != 0;
    scanner.skipSpace();
    if (scanner.take(object ? '}' : ']')) {
      close();
      return false;
    }
    if (!first) {
      scanner.require(',');
      scanner.skipSpace();
    }
    first = false;
    if (object) {
      takeName();
    }
    takeValue();
    return true;
  }

  private void takeName() throws MalformedJson {
    scanner.text();
    nameFrom = scanner.from();
    nameTo = scanner.to();
    names.add(depth, nameFrom, nameTo);
    scanner.skipSpace();
    scanner.require(':');
    scanner.skipSpace();
  }

  private void takeValue() throws MalformedJson {
    switch (scanner.peek()) {
      case '"' -> {
        scanner.text();
        kind = Kind.TEXT;
      }
      case '{' -> open(Kind.OBJECT);
      case '[' -> open(Kind.ARRAY);
      case 't' -> literal("true", Kind.BOOLEAN);
      case 'f' -> literal("false", Kind.BOOLEAN);
      case 'n' -> literal("null", Kind.NULL);
      default -> {
        scanner.number();
        kind = Kind.NUMBER;
      }
    }
  }

  private void literal(String text, Kind of) throws MalformedJson {
    scanner.literal(text);
    kind = of;
  }

  private void open(Kind opened) throws MalformedJson {
    scanner.require(opened == Kind.OBJECT ? '{' : '[');
    if (depth == Json.DEPTH_MAX) {
      throw new MalformedJson("more than " + Json.DEPTH_MAX + " levels");
    }
    depth++;
    long bit = 1L << depth;
    objects = opened == Kind.OBJECT ? objects | bit : objects & ~bit;
    kind = opened;
    first = true;
    unread = true;
  }

  private void close() throws MalformedJson {
    names.close(depth);
    depth--;
    first = false;
    if (depth == 0) {
      scanner.skipSpace();
      scanner.requireEnd();
    }
  }
}
