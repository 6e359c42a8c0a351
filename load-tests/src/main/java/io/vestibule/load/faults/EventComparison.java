package io.vestibule.load.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares what a door has told with what of it the audit log has, and in which order. */
final class EventComparison {
  private final DoorRecord door;
  private final String boot;
  private final Set<Long> happened = new HashSet<>();
  private final Set<Long> logged = new HashSet<>();
  private final List<Difference> differences = new ArrayList<>();
  private long highestLogged;

  private EventComparison(DoorRecord door, String boot) {
    this.door = door;
    this.boot = boot;
    door.events().forEach(event -> happened.add(event.seq()));
  }

  static List<Difference> differences(DoorRecord door, String boot, List<AuditRecord> log) {
    EventComparison comparison = new EventComparison(door, boot);
    log.stream()
        .filter(record -> record.ofDoor() && record.door().equals(door.door()))
        .map(record -> record.event().orElseThrow())
        .forEach(comparison::logged);
    door.events().forEach(comparison::told);
    return comparison.differences;
  }

  private void logged(AuditRecord.Sequence event) {
    if (!event.boot().equals(boot) || !happened.contains(event.seq())) {
      differ(Difference.Kind.EVENT_UNKNOWN, event.boot(), event.seq());
    } else if (!logged.add(event.seq())) {
      differ(Difference.Kind.EVENT_TWICE, boot, event.seq());
    } else if (event.seq() < highestLogged) {
      differ(Difference.Kind.EVENT_OUT_OF_ORDER, boot, event.seq());
    }
    highestLogged = Math.max(highestLogged, event.seq());
  }

  private void told(DoorRecord.Event event) {
    if (!event.acknowledged()) {
      differ(Difference.Kind.EVENT_NOT_TAKEN, boot, event.seq());
    } else if (!logged.contains(event.seq())) {
      differ(Difference.Kind.EVENT_LOST, boot, event.seq());
    }
  }

  private void differ(Difference.Kind kind, String ofBoot, long seq) {
    differences.add(new Difference(kind, "%s event %s/%d".formatted(door.door(), ofBoot, seq)));
  }
}
