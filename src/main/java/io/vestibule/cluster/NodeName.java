package io.vestibule.cluster;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One life of a gateway: its configured id and an id of this start, so that what a process before
 * left behind counts for nothing. It cannot hold an illegal text.
 */
public record NodeName(String text) {
  private static final Pattern LEGAL =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}~[0-9a-f]{16}");

  public NodeName {
    if (!LEGAL.matcher(text).matches()) {
      throw new IllegalArgumentException("no node: " + text);
    }
  }

  /** A new life. */
  static NodeName begin(String id) {
    UUID random = UUID.randomUUID();
    long start = random.getMostSignificantBits() ^ random.getLeastSignificantBits();
    return new NodeName(id + "~" + HexFormat.of().toHexDigits(start));
  }

  /** Empty when the text names no node. */
  static Optional<NodeName> parse(String text) {
    return LEGAL.matcher(text).matches() ? Optional.of(new NodeName(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
