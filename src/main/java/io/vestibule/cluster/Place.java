package io.vestibule.cluster;

import io.vestibule.store.UnreadableValue;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a door's session is registered.
 *
 * @param epoch grows with each session of the door, wherever it is
 * @param since when it connected, by that node's clock
 */
public record Place(NodeName node, long epoch, Instant since) {
  private static final int PARTS = 3;

  /** From the text in Redis; a newer gateway may have put more behind it. */
  static Place read(String text) {
    String[] parts = text.split(" ", PARTS + 1);
    if (parts.length < PARTS) {
      throw new UnreadableValue("a registration has " + parts.length + " parts");
    }
    Optional<NodeName> node = NodeName.parse(parts[2]);
    return new Place(
        node.orElseThrow(() -> new UnreadableValue("a registration names no node")),
        number(parts[0]),
        Instant.ofEpochMilli(number(parts[1])));
  }

  private static long number(String digits) {
    if (!digits.matches("[0-9]{1,17}")) {
      throw new UnreadableValue("a registration has no number where one belongs");
    }
    return Long.parseLong(digits);
  }
}
