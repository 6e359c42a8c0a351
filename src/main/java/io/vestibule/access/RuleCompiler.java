package io.vestibule.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the admissions of one building into rules by carrier and door; equal parts are shared. */
final class RuleCompiler {
  private final Map<OpenHours, OpenHours> hours = new HashMap<>();
  private final Map<Rule, Rule> rules = new HashMap<>();
  private final Map<Set<Rule>, Rule[]> ruleSets = new HashMap<>();
  private final Map<DoorId, DoorId> doors = new HashMap<>();
  private final Map<CarrierId, CarrierRules> byCarrier = new HashMap<>();

  RuleCompiler(List<Admission> admits) {
    drafts(rangesByTerms(admits))
        .forEach((carrier, draft) -> byCarrier.put(carrier, finished(draft)));
  }

  Map<CarrierId, CarrierRules> byCarrier() {
    return Map.copyOf(byCarrier);
  }

  /** About how many bytes of memory the rules take. */
  int sizeBytes() {
    int bytes = Sizes.map(byCarrier.size()) + Sizes.OBJECT * rules.size();
    for (OpenHours each : hours.keySet()) {
      bytes += each.sizeBytes();
    }
    for (Rule[] each : ruleSets.values()) {
      bytes += Sizes.ARRAY + Sizes.REFERENCE * each.length;
    }
    for (DoorId door : doors.keySet()) {
      bytes += Sizes.id(door.text());
    }
    for (Map.Entry<CarrierId, CarrierRules> each : byCarrier.entrySet()) {
      bytes += Sizes.id(each.getKey().text()) + each.getValue().sizeBytes();
    }
    return bytes;
  }

  /** Admissions that differ in their hours alone are one with the hours of all. */
  private static Map<Terms, List<HourRange>> rangesByTerms(List<Admission> admits) {
    Map<Terms, List<HourRange>> ranges = new LinkedHashMap<>();
    for (Admission admission : admits) {
      Terms terms = new Terms(admission.carrier(), admission.doors(), admission.conditions());
      ranges.computeIfAbsent(terms, unseen -> new ArrayList<>()).addAll(admission.hours().ranges());
    }
    return ranges;
  }

  private Map<CarrierId, Draft> drafts(Map<Terms, List<HourRange>> rangesByTerms) {
    Map<CarrierId, Draft> drafts = new HashMap<>();
    rangesByTerms.forEach(
        (terms, ranges) ->
            drafts
                .computeIfAbsent(terms.carrier(), unseen -> new Draft())
                .add(rule(terms, ranges), terms.doors()));
    return drafts;
  }

  private Rule rule(Terms terms, List<HourRange> ranges) {
    OpenHours open = shared(hours, OpenHours.of(ranges));
    return shared(rules, Rule.of(open, terms.conditions()));
  }

  private CarrierRules finished(Draft draft) {
    Map<DoorId, Rule[]> byDoor = new HashMap<>();
    draft.byDoor.forEach((door, named) -> byDoor.put(shared(doors, door), shared(named)));
    return new CarrierRules(shared(draft.everywhere), Map.copyOf(byDoor));
  }

  private Rule[] shared(Set<Rule> set) {
    return ruleSets.computeIfAbsent(set, unseen -> set.toArray(Rule[]::new));
  }

  private static <T> T shared(Map<T, T> seen, T value) {
    return seen.computeIfAbsent(value, unseen -> value);
  }

  /** All that an admission says but its hours. */
  private record Terms(CarrierId carrier, DoorScope doors, Admission.Conditions conditions) {}

  /** The rules for one carrier while they are gathered. */
  private static final class Draft {
    private final Set<Rule> everywhere = new LinkedHashSet<>();
    private final Map<DoorId, Set<Rule>> byDoor = new HashMap<>();

    private void add(Rule rule, DoorScope doors) {
      if (doors.all()) {
        everywhere.add(rule);
        return;
      }
      for (DoorId door : doors.named()) {
        byDoor.computeIfAbsent(door, unseen -> new LinkedHashSet<>()).add(rule);
      }
    }
  }
}
