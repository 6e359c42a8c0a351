package io.vestibule.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a server says of itself in reply to INFO. */
record ServerInfo(Map<String, String> fields) {
  private static final int MAJOR_OF_WAITAOF = 7;
  private static final int MINOR_OF_WAITAOF = 2;

  ServerInfo {
    fields = Map.copyOf(fields);
  }

  static ServerInfo read(String info) {
    Map<String, String> fields = new HashMap<>();
    info.lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> fields.put(parts[0], parts[1]));
    return new ServerInfo(fields);
  }

  /** Whether it drops keys that have a time to live when its memory is full, or may. */
  boolean evicts() {
    return !evictionPolicy().equals("noeviction");
  }

  String evictionPolicy() {
    return fields.getOrDefault("maxmemory_policy", "not told");
  }

  boolean appendOnly() {
    return "1".equals(fields.get("aof_enabled"));
  }

  /** Whether it has WAITAOF; Valkey tells the version of Redis that it stands for. */
  boolean waitsForDisk() {
    String[] version = fields.getOrDefault("redis_version", "0.0").split("\\.", 3);
    int major = number(version[0]);
    int minor = version.length > 1 ? number(version[1]) : 0;
    return major > MAJOR_OF_WAITAOF || (major == MAJOR_OF_WAITAOF && minor >= MINOR_OF_WAITAOF);
  }

  private static int number(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("[0-9]{1,6}"))
        .map(Integer::parseInt)
        .orElse(0);
  }
}
