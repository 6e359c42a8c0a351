package io.vestibule.door;

import io.vestibule.access.DoorId;
import java.util.Locale;
import java.util.Optional;

/** The topics of one door; it reaches no other. */
final class DoorTopics {
  /** What a door may publish to. */
  enum Inbound {
    ACK,
    EVENT,
    TELEMETRY,
    REQUEST;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The last level of the topic. */
    String code() {
      return code;
    }
  }

  private final DoorId door;
  private final String prefix;

  DoorTopics(DoorId door) {
    this.door = door;
    this.prefix = "door/" + door + "/";
  }

  DoorId door() {
    return door;
  }

  String command() {
    return prefix + "command";
  }

  String response() {
    return prefix + "response";
  }

  String ack() {
    return prefix + "ack";
  }

  /** Empty for anything but the door's own topics of that direction. */
  Optional<Inbound> inbound(String topic) {
    if (!topic.startsWith(prefix)) {
      return Optional.empty();
    }
    return switch (topic.substring(prefix.length())) {
      case "ack" -> Optional.of(Inbound.ACK);
      case "event" -> Optional.of(Inbound.EVENT);
      case "telemetry" -> Optional.of(Inbound.TELEMETRY);
      case "request" -> Optional.of(Inbound.REQUEST);
      default -> Optional.empty();
    };
  }
}
