package io.vestibule.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what doors and couriers saw with the audit log, record by record. */
final class LineByLine {
  private static final String UNLOCK = "vestibule.unlock.";
  private static final List<String> CLOSING = List.of("opened", "refused", "unknown");

  private final List<String> differences = new ArrayList<>();
  private final Map<String, List<String>> recordsByUnlock = new LinkedHashMap<>();
  private final Map<String, List<Long>> eventsByBoot = new LinkedHashMap<>();
  private final Map<String, List<String>> commandsByUnlock = new LinkedHashMap<>();

  /**
   * What a door and its courier saw.
   *
   * @param commands the unlock of each command; it opened for each
   * @param answers by unlock, the states that the courier was told
   * @param acknowledged the numbers of the events that have their PUBACK
   */
  record Witness(
      String door,
      String boot,
      List<String> commands,
      Map<String, List<String>> answers,
      List<Long> acknowledged) {}

  private LineByLine(List<Witness> doors, List<JsonNode> log) {
    for (JsonNode record : log) {
      String type = record.path("type").asText();
      JsonNode data = record.path("data");
      if (type.startsWith(UNLOCK)) {
        add(recordsByUnlock, data.path("unlock").asText(), type.substring(UNLOCK.length()));
      } else if (data.has("seq")) {
        add(eventsByBoot, data.path("boot").asText(), data.path("seq").asLong());
      }
    }
    for (Witness door : doors) {
      door.commands().forEach(unlock -> add(commandsByUnlock, unlock, door.door()));
    }
  }

  /** One line for each thing about which they do not agree. */
  static List<String> differences(List<Witness> doors, List<JsonNode> log) {
    LineByLine comparison = new LineByLine(doors, log);
    comparison.recordsByUnlock.forEach(comparison::closedOnce);
    comparison.commandsByUnlock.forEach(comparison::commandedOnce);
    doors.forEach(comparison::answered);
    doors.forEach(comparison::told);
    return comparison.differences;
  }

  private void closedOnce(String unlock, List<String> records) {
    List<String> closing = records.stream().filter(CLOSING::contains).toList();
    long granted = records.stream().filter("granted"::equals).count();
    differ(granted != 1 || closing.size() != 1, unlock + " is recorded as " + records);
    differ(
        closing.contains("opened") && !commandsByUnlock.containsKey(unlock),
        unlock + " is recorded as opened, and no door was commanded");
  }

  /** Doors open for each command. */
  private void commandedOnce(String unlock, List<String> doors) {
    differ(doors.size() != 1, unlock + " was commanded at " + doors);
    List<String> records = recordsByUnlock.getOrDefault(unlock, List.of());
    differ(
        !records.contains("opened") && !records.contains("unknown"),
        unlock + " opened a door, and is recorded as " + records);
  }

  private void answered(Witness door) {
    door.answers()
        .forEach(
            (unlock, states) -> {
              List<String> records = recordsByUnlock.getOrDefault(unlock, List.of("refused"));
              differ(
                  !records.containsAll(states),
                  unlock + " was answered " + states + " and is recorded as " + records);
            });
  }

  private void told(Witness door) {
    List<Long> logged = eventsByBoot.getOrDefault(door.boot(), List.of());
    differ(
        !logged.equals(door.acknowledged()),
        door.door() + " told " + door.acknowledged() + ", recorded are " + logged);
  }

  private void differ(boolean differs, String what) {
    if (differs) {
      differences.add(what);
    }
  }

  private static <T> void add(Map<String, List<T>> to, String key, T value) {
    to.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
  }
}
