package io.vestibule.store;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who owns which of a cluster's slots.
 *
 * @param primaries by their addresses, each with the first slot of one of its ranges
 * @param ranges by their first slots, whatever the order in which a node tells them
 */
record SlotMap(Map<String, Integer> primaries, Map<Integer, String> ranges) {
  SlotMap {
    primaries = Map.copyOf(primaries);
    ranges = Map.copyOf(ranges);
  }

  static SlotMap none() {
    return new SlotMap(Map.of(), Map.of());
  }

  /**
   * From the reply to CLUSTER SLOTS: ranges, each with its primary first. Throws {@link
   * IllegalStateException} for what is none.
   */
  static SlotMap read(Reply reply) {
    Map<String, Integer> primaries = new HashMap<>();
    Map<Integer, String> ranges = new TreeMap<>();
    for (Reply range : reply.list()) {
      long first = range.list().get(0).number();
      if (first < 0 || first >= ClusterSlot.COUNT) {
        throw new IllegalStateException("no slot: " + first);
      }
      Reply primary = range.list().get(2);
      String address = address(primary.list().get(0).text(), primary.list().get(1).text());
      primaries.merge(address, (int) first, Math::min);
      ranges.put((int) first, range.list().get(1).text() + "=" + address);
    }
    return new SlotMap(primaries, ranges);
  }

  private static String address(String host, String port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
