package io.vestibule.store;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The primaries of a cluster by their addresses, each with the first of its slots, and the whole
 * assignment as text.
 */
record SlotMap(Map<String, Integer> primaries, String assignment) {
  SlotMap {
    primaries = Map.copyOf(primaries);
  }

  static SlotMap none() {
    return new SlotMap(Map.of(), "");
  }

  /** From the reply to CLUSTER SLOTS: ranges, each with its primary first. */
  static SlotMap read(Reply reply) {
    Map<String, Integer> primaries = new LinkedHashMap<>();
    StringBuilder assignment = new StringBuilder();
    for (Reply range : reply.list()) {
      int first = (int) range.list().get(0).number();
      Reply primary = range.list().get(2);
      String address = address(primary.list().get(0).text(), primary.list().get(1).text());
      primaries.putIfAbsent(address, first);
      assignment.append(first).append('-').append(range.list().get(1).text());
      assignment.append('=').append(address).append(' ');
    }
    return new SlotMap(primaries, assignment.toString());
  }

  private static String address(String host, String port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
