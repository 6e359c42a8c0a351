package io.vestibule.observability;

import io.vestibule.observability.Grafana.Target;
import io.vestibule.observability.Prometheus.QueryFailed;
import io.vestibule.observability.Rules.Rule;
import io.vestibule.testing.PromQl;
import io.vestibule.testing.PromQl.Selector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks a Prometheus what panels and rules ask of it, and says in words what has no answer. */
record Answers(Prometheus prometheus, Set<String> knownMetrics) {
  // There only while something is wrong.
  private static final Set<String> SOMETIMES = Set.of("ALERTS");
  // Its doors' certificates are not revoked by a list.
  private static final Set<String> NOT_IN_THE_DEMO =
      Set.of("vestibule_certificate_expiry_seconds{certificate=\"mqtt_crl\"}");

  static Answers of(Prometheus prometheus) throws IOException, InterruptedException {
    return new Answers(prometheus, Set.copyOf(prometheus.labelValues("__name__", "")));
  }

  /** A panel's query is due an answer with a number in it. */
  List<String> problems(Target target, Variables variables, Duration range)
      throws IOException, InterruptedException {
    String expression = variables.in(target.due());
    List<String> problems = new ArrayList<>(unread(target.panel().place(), expression));
    try {
      long count =
          target.instant() ? prometheus.count(expression) : prometheus.count(expression, range);
      if (count == 0 && !target.panel().mayBeQuiet()) {
        problems.add(target.panel().place() + ": no data for " + expression);
      }
    } catch (QueryFailed e) {
      problems.add(target.panel().place() + ": " + e.getMessage() + " in " + expression);
    }
    return problems;
  }

  /** An alert may find nothing wrong, but whatever it looks at must be there. */
  List<String> problems(Rule rule) throws IOException, InterruptedException {
    List<String> problems = new ArrayList<>(unread(rule.name(), rule.expression()));
    try {
      prometheus.count(rule.expression());
    } catch (QueryFailed e) {
      problems.add(rule.name() + ": " + e.getMessage() + " in " + rule.expression());
    }
    return problems;
  }

  private List<String> unread(String place, String expression)
      throws IOException, InterruptedException {
    List<String> problems = new ArrayList<>();
    for (Selector selector : PromQl.parse(expression).selectors()) {
      if (SOMETIMES.contains(selector.metric()) || NOT_IN_THE_DEMO.contains(selector.text())) {
        continue;
      }
      if (!selector.metric().isEmpty() && !knownMetrics.contains(selector.metric())) {
        problems.add(place + ": unknown metric " + selector.metric() + " in " + expression);
      } else if (!found(selector)) {
        problems.add(place + ": no series " + selector.text() + " in " + expression);
      }
    }
    return problems;
  }

  private boolean found(Selector selector) throws IOException, InterruptedException {
    try {
      return prometheus.count("count(" + selector.text() + ")") > 0;
    } catch (QueryFailed e) {
      // Its expression is refused too, and with a better message.
      return true;
    }
  }
}
