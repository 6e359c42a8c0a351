package io.vestibule.load.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares line by line what doors, couriers and the audit log have of one run. */
final class Comparison {
  private final List<Difference> differences = new ArrayList<>();
  private final Map<String, Unlock> unlocks = new LinkedHashMap<>();
  private final Evidence evidence;

  /** All that is known of one unlock from doors and log. */
  private static final class Unlock {
    private int commandCount;
    private int openingCount;
    private int grantedCount;
    private String door = "";
    private String grant = "";
    private final List<String> closings = new ArrayList<>();

    @Override
    public String toString() {
      return "at %s by %s: %d commands, %d openings, %d granted, closed as %s"
          .formatted(door, grant, commandCount, openingCount, grantedCount, closings);
    }
  }

  private Comparison(Evidence evidence) {
    this.evidence = evidence;
  }

  /** None, if all agree. */
  static List<Difference> differences(Evidence evidence) {
    return new Comparison(evidence).compare();
  }

  private List<Difference> compare() {
    evidence.doors().forEach(this::take);
    evidence.log().forEach(this::take);
    unlocks.forEach(this::judge);
    evidence.attempts().forEach(this::judge);
    uses();
    for (int door = 0; door < evidence.doors().size(); door++) {
      differences.addAll(
          EventComparison.differences(
              evidence.doors().get(door), evidence.boots().get(door), evidence.log()));
    }
    return differences;
  }

  private void take(DoorRecord door) {
    for (String id : door.commands()) {
      Unlock unlock = unlock(id);
      unlock.commandCount++;
      unlock.door = door.door();
    }
    door.openings().forEach(id -> unlock(id).openingCount++);
  }

  private void take(AuditRecord record) {
    if (record.unlock().isEmpty()) {
      return;
    }
    if (record.granted()) {
      unlock(record.unlock().get()).grantedCount++;
    }
    if (record.granted() || record.closing().isPresent()) {
      Unlock unlock = unlock(record.unlock().get());
      record.closing().ifPresent(unlock.closings::add);
      unlock.door = record.door();
      unlock.grant = record.grant().orElse("");
    }
  }

  private Unlock unlock(String id) {
    return unlocks.computeIfAbsent(id, unused -> new Unlock());
  }

  private void judge(String id, Unlock unlock) {
    String what = "unlock " + id + " " + unlock;
    boolean mayHaveOpened =
        unlock.closings.contains("opened") || unlock.closings.contains("unknown");
    differ(unlock.openingCount > 0 && !mayHaveOpened, Difference.Kind.OPENING_NOT_LOGGED, what);
    differ(unlock.openingCount > 1, Difference.Kind.OPENED_TWICE, what);
    differ(unlock.commandCount > 1, Difference.Kind.COMMANDED_TWICE, what);
    differ(
        unlock.commandCount > 0 && unlock.grantedCount == 0,
        Difference.Kind.COMMANDED_UNGRANTED,
        what);
    differ(
        unlock.closings.contains("opened") && unlock.openingCount == 0,
        Difference.Kind.LOGGED_NOT_OPENED,
        what);
    differ(unlock.grantedCount > 1, Difference.Kind.GRANTED_TWICE, what);
    differ(unlock.grantedCount > 0 && unlock.closings.isEmpty(), Difference.Kind.NOT_CLOSED, what);
    differ(unlock.closings.size() > 1, Difference.Kind.CLOSED_TWICE, what);
    differ(
        unlock.grantedCount == 0 && !unlock.closings.isEmpty(),
        Difference.Kind.CLOSED_UNGRANTED,
        what);
  }

  private void judge(Attempt attempt) {
    Optional<Unlock> found = attempt.unlock().map(unlocks::get);
    for (Answer answer : attempt.answers()) {
      differ(
          answer.opened() && found.filter(unlock -> unlock.openingCount > 0).isEmpty(),
          Difference.Kind.ANSWERED_NOT_OPENED,
          what(attempt, found));
      boolean asLogged = answer.closing().filter(closing -> !logged(closing, found)).isEmpty();
      differ(!asLogged, Difference.Kind.ANSWER_NOT_AS_LOGGED, what(attempt, found));
    }
    boolean refused = attempt.answers().stream().allMatch(Answer::surelyClosed);
    differ(
        refused && found.filter(unlock -> unlock.openingCount > 0).isPresent(),
        Difference.Kind.REFUSED_AND_OPENED,
        what(attempt, found));
  }

  /** A refusal of what was never granted has no record of its own. */
  private static boolean logged(String closing, Optional<Unlock> unlock) {
    boolean neverGranted = unlock.filter(known -> known.grantedCount > 0).isEmpty();
    return unlock.filter(known -> known.closings.contains(closing)).isPresent()
        || (closing.equals("refused") && neverGranted);
  }

  private static String what(Attempt attempt, Optional<Unlock> unlock) {
    return attempt + unlock.map(known -> "; the unlock " + known).orElse("");
  }

  /** Every use is an opening of its own, as no grant has a grace. */
  private void uses() {
    Map<String, Integer> used = new HashMap<>();
    for (Unlock unlock : unlocks.values()) {
      boolean use =
          unlock.openingCount > 0
              || unlock.closings.contains("opened")
              || unlock.closings.contains("unknown");
      if (use) {
        used.merge(unlock.grant, 1, Integer::sum);
      }
    }
    for (Grant grant : evidence.grants()) {
      int count = used.getOrDefault(grant.id(), 0);
      differ(
          count > grant.usesMax(),
          Difference.Kind.USES_EXCEEDED,
          "%s was used %d times of %d".formatted(grant.id(), count, grant.usesMax()));
    }
  }

  private void differ(boolean differs, Difference.Kind kind, String what) {
    if (differs) {
      differences.add(new Difference(kind, what));
    }
  }
}
