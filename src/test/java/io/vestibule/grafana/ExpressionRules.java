package io.vestibule.grafana;

import io.vestibule.grafana.KnownSeries.Origin;
import io.vestibule.grafana.KnownSeries.Series;
import io.vestibule.testing.PromQl;
import io.vestibule.testing.PromQl.Match;
import io.vestibule.testing.PromQl.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is asked of every expression, of panels and of alerts. */
final class ExpressionRules {
  private static final Set<String> OF_COUNTERS = Set.of("rate", "increase");
  private static final Set<String> OF_COUNTERS_ALONE = Set.of("rate", "increase", "irate");
  private static final Set<String> INTERVALS = Set.of("$__rate_interval", "$__range");

  /** What a series began with, which counts as its increase. */
  private static final Pattern BEGINNING =
      Pattern.compile("(vestibule_\\w+_total(?:\\{[^}]*\\})?)\\s+unless\\s+\\1 offset (\\d+m)");

  private static final Pattern CHOICE = Pattern.compile("[\\w./{}+|-]*");

  private final KnownSeries known;

  ExpressionRules(KnownSeries known) {
    this.known = known;
  }

  /** Faults, each a line; none where all is well. */
  List<String> ofAPanel(String expression) {
    return ofAPanel(expression, false);
  }

  /**
   * Faults, each a line; none where all is well.
   *
   * @param ofTheFleet whether it is about all gateways, whichever are chosen
   */
  List<String> ofAPanel(String expression, boolean ofTheFleet) {
    List<String> faults = ofAny(expression);
    for (Selector selector : PromQl.parse(expression).selectors()) {
      known
          .find(selector.metric())
          .ifPresent(series -> variables(selector, series, ofTheFleet, faults));
      interval(selector, faults);
    }
    return faults;
  }

  /** Faults, each a line; none where all is well. */
  List<String> ofARule(String expression) {
    List<String> faults = ofAny(BEGINNING.matcher(expression).replaceAll("increase($1[$2])"));
    if (expression.contains("$")) {
      faults.add("a variable of dashboards in " + expression);
    }
    return faults;
  }

  private List<String> ofAny(String expression) {
    List<String> faults = new ArrayList<>();
    PromQl parsed = PromQl.parse(expression);
    if (parsed.selectors().isEmpty()) {
      faults.add("nothing is read in " + expression);
    }
    parsed.selectors().forEach(selector -> selector(selector, faults));
    groupings(parsed, faults);
    if (expression.contains("histogram_quantile") && !parsed.groupings().contains("le")) {
      faults.add("a quantile without le in " + expression);
    }
    return faults;
  }

  private void selector(Selector selector, List<String> faults) {
    Optional<Series> found = known.find(selector.metric());
    if (found.isEmpty()) {
      faults.add("unknown metric " + selector.metric());
      return;
    }
    Series series = found.get();
    if (series.counter() && !OF_COUNTERS.contains(selector.function())) {
      faults.add("counter outside of rate and increase: " + selector.metric());
    }
    if (!series.counter() && OF_COUNTERS_ALONE.contains(selector.function())) {
      faults.add("gauge in " + selector.function() + ": " + selector.metric());
    }
    selector.matches().forEach(match -> label(selector, series, match, faults));
    if (!someRow(series, selector.matches())) {
      faults.add("no series has all of " + selector.matches() + " in " + selector.metric());
    }
  }

  private static void label(Selector of, Series series, Match match, List<String> faults) {
    if (!series.has(match.label())) {
      faults.add("unknown label " + match.label() + " of " + of.metric());
    }
    series
        .values(match.label())
        .filter(values -> CHOICE.matcher(match.value()).matches())
        .filter(values -> !values.containsAll(match.values()))
        .ifPresent(
            values ->
                faults.add(
                    "unknown value " + match.value() + " of " + match.label() + " in " + of));
  }

  private static boolean someRow(Series series, List<Match> matches) {
    Predicate<List<String>> fits =
        row ->
            matches.stream()
                .filter(match -> series.labels().contains(match.label()))
                .filter(Match::positive)
                .allMatch(
                    match ->
                        row.get(series.labels().indexOf(match.label())).matches(pattern(match)));
    return series.rows().isEmpty() || series.rows().stream().anyMatch(fits);
  }

  private static String pattern(Match match) {
    return match.operator().equals("=") ? Pattern.quote(match.value()) : match.value();
  }

  private void groupings(PromQl parsed, List<String> faults) {
    for (String label : parsed.groupings()) {
      boolean somewhere =
          parsed.selectors().stream()
              .flatMap(selector -> known.find(selector.metric()).stream())
              .anyMatch(series -> series.has(label));
      if (!somewhere) {
        faults.add("grouped by unknown label " + label);
      }
    }
  }

  /** Alerts are of all gateways, and what is recorded is of a job. */
  private static void variables(
      Selector selector, Series series, boolean ofTheFleet, List<String> faults) {
    if (series.origin() != Origin.PROMETHEUS
        && !selector.matches().contains(new Match("job", "=~", "$job"))) {
      faults.add("without $job: " + selector.metric());
    }
    boolean chosen = selector.matches().contains(new Match("instance", "=~", "$instance"));
    if (series.origin() == Origin.GATEWAY && chosen == ofTheFleet) {
      faults.add((chosen ? "with" : "without") + " $instance: " + selector.metric());
    }
  }

  private static void interval(Selector selector, List<String> faults) {
    boolean right =
        selector.function().equals("increase")
            ? INTERVALS.contains(selector.range())
            : selector.range().equals("$__rate_interval");
    if (OF_COUNTERS_ALONE.contains(selector.function()) && !right) {
      faults.add("[" + selector.range() + "] is not $__rate_interval: " + selector.metric());
    }
  }
}
