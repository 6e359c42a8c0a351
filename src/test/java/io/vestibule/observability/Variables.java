package io.vestibule.observability;

import io.vestibule.observability.Grafana.Dashboard;
import io.vestibule.observability.Grafana.Variable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in a dashboard's expressions for its variables. */
record Variables(Map<String, String> values) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(\\w+)|\\$\\{(\\w+)(?::\\w+)?\\}|\\[\\[(\\w+)\\]\\]");
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((?:(.+),)?\\s*(\\w+)\\s*\\)");
  // Doors speak every five seconds in the demo; a rate over less would jump.
  private static final Duration RATE_INTERVAL = Duration.ofSeconds(15);

  /** All values where several may be chosen, the first otherwise; fails where there is none. */
  static Variables of(Dashboard dashboard, Prometheus prometheus, Duration range)
      throws IOException, InterruptedException {
    Map<String, String> values = new HashMap<>();
    values.put("datasource", "prometheus");
    values.put("__interval", seconds(PrometheusProcess.SCRAPE_INTERVAL));
    values.put("__rate_interval", seconds(RATE_INTERVAL));
    values.put("__range", seconds(range));
    values.put("__range_s", String.valueOf(range.toSeconds()));
    Variables variables = new Variables(values);
    for (Variable variable : dashboard.variables()) {
      values.put(variable.name(), variables.value(variable, prometheus));
    }
    return variables;
  }

  private String value(Variable variable, Prometheus prometheus)
      throws IOException, InterruptedException {
    Matcher query = LABEL_VALUES.matcher(in(variable.query()));
    if (!query.matches()) {
      throw new AssertionError("not a query of label values: " + variable.query());
    }
    String selector = query.group(1) == null ? "" : query.group(1);
    List<String> found = prometheus.labelValues(query.group(2), selector);
    if (found.isEmpty()) {
      throw new AssertionError(variable.dashboard().name() + ": no values of " + query.group());
    }
    return variable.several() ? String.join("|", found) : found.get(0);
  }

  /** What is no variable stays as it is. */
  String in(String expression) {
    return REFERENCE.matcher(expression).replaceAll(this::replacement);
  }

  private String replacement(MatchResult reference) {
    for (int group = 1; group <= reference.groupCount(); group++) {
      String name = reference.group(group);
      if (name != null && values.containsKey(name)) {
        return Matcher.quoteReplacement(values.get(name));
      }
    }
    return Matcher.quoteReplacement(reference.group());
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
