package io.vestibule.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record's id, which Redis gives: unique in its building's log and growing in the order of
 * recording, so that it is also the place to go on from. Both parts are unsigned.
 *
 * <p>A replica that becomes the primary may lack the last records, and its clock may be behind.
 * Records that it writes until its clock has caught up can get ids below one that was told before;
 * whoever goes on from that one does not see them, and finds them by reading from an earlier place.
 */
public record RecordId(long millis, long sequence) implements Comparable<RecordId> {
  /** Before every record. */
  public static final RecordId BEGINNING = new RecordId(0, 0);

  /** After every record. */
  static final RecordId END = new RecordId(-1, -1);

  private static final Pattern SYNTAX =
      Pattern.compile("(0|[1-9][0-9]{0,19})-(0|[1-9][0-9]{0,19})");
  private static final long EPOCH_MILLIS_MAX =
      Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  /** Empty where the text is no id that Redis would give. */
  public static Optional<RecordId> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RecordId(
              Long.parseUnsignedLong(matcher.group(1)), Long.parseUnsignedLong(matcher.group(2))));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** When Redis recorded it, by Redis' clock. */
  public Instant recordedAt() {
    boolean past = Long.compareUnsigned(millis, EPOCH_MILLIS_MAX) > 0;
    return Instant.ofEpochMilli(past ? EPOCH_MILLIS_MAX : millis);
  }

  public boolean after(RecordId other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(RecordId other) {
    int byTime = Long.compareUnsigned(millis, other.millis);
    return byTime != 0 ? byTime : Long.compareUnsigned(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
  }
}
