package io.vestibule.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who owns which of a cluster's slots.
 *
 * @param primaries by their addresses, each with the first slot of one of its ranges
 * @param ranges by their first slots, whatever the order in which a node tells them
 */
record SlotMap(Map<String, Integer> primaries, Map<Integer, String> ranges) {
  private static final int NODE_FIELDS = 8;

  SlotMap {
    primaries = Map.copyOf(primaries);
    ranges = Map.copyOf(ranges);
  }

  static SlotMap none() {
    return new SlotMap(Map.of(), Map.of());
  }

  /**
   * From the replies to CLUSTER SLOTS, ranges each with its primary first, and to CLUSTER NODES.
   * Throws {@link IllegalStateException} where a slot has no owner, or a primary no slot: keys may
   * be on their way to that one, and no canary could prove it.
   */
  static SlotMap read(Reply slots, String nodes) {
    if (nodes.lines().anyMatch(SlotMap::primaryWithoutSlots)) {
      throw new IllegalStateException("a primary has no slots, so that keys may be moving to it");
    }
    Map<String, Integer> primaries = new HashMap<>();
    Map<Integer, String> ranges = new TreeMap<>();
    long owned = 0;
    for (Reply range : slots.list()) {
      long first = range.list().get(0).number();
      long last = range.list().get(1).number();
      if (first < 0 || last < first || last >= ClusterSlot.COUNT) {
        throw new IllegalStateException("no slots: " + first + " to " + last);
      }
      owned += last - first + 1;
      Reply primary = range.list().get(2);
      String address = address(primary.list().get(0).text(), primary.list().get(1).text());
      primaries.merge(address, (int) first, Math::min);
      ranges.put((int) first, last + "=" + address);
    }
    if (owned != ClusterSlot.COUNT) {
      throw new IllegalStateException("only " + owned + " slots have an owner");
    }
    return new SlotMap(primaries, ranges);
  }

  /**
   * The address of the slot's primary, from the reply to CLUSTER SLOTS. Throws {@link
   * IllegalStateException} where it has none.
   */
  static String primary(Reply slots, int slot) {
    for (Reply range : slots.list()) {
      if (range.list().get(0).number() <= slot && slot <= range.list().get(1).number()) {
        Reply primary = range.list().get(2);
        return address(primary.list().get(0).text(), primary.list().get(1).text());
      }
    }
    throw new IllegalStateException("slot " + slot + " has no owner");
  }

  /** A line is id, address, flags, primary, two times, epoch, state, and then slots. */
  private static boolean primaryWithoutSlots(String line) {
    List<String> fields = List.of(line.split(" ", -1));
    List<String> flags = fields.size() > 2 ? List.of(fields.get(2).split(",", -1)) : List.of();
    return flags.contains("master")
        && flags.stream().noneMatch(flag -> flag.equals("fail") || flag.equals("noaddr"))
        && fields.size() == NODE_FIELDS;
  }

  private static String address(String host, String port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
