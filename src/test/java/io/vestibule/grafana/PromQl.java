package io.vestibule.grafana;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an expression reads and by what it groups, as far as rules about names need to know. */
final class PromQl {
  private static final Pattern SPACE = Pattern.compile("(?:\\s|#[^\\n]*)+");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9.][\\w.]*");
  private static final Pattern TEXT = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'[^']*'");
  private static final Pattern RANGE = Pattern.compile("\\[([^\\]]*)\\]");
  private static final Pattern LIST = Pattern.compile("\\(([^)]*)\\)");
  private static final Pattern MATCHERS = Pattern.compile("\\{((?:[^}\"]|\"[^\"]*\")*)\\}");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Set<String> GROUPINGS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");
  private static final Set<String> AGGREGATIONS =
      Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "group", "quantile");

  /**
   * One selector.
   *
   * @param function whose argument it is, or empty
   * @param range between brackets, or empty
   */
  record Selector(String metric, List<Match> matches, String range, String function) {}

  /** One matcher of a selector. */
  record Match(String label, String operator, String value) {
    boolean positive() {
      return operator.startsWith("=");
    }

    /** What it names, where it is no pattern but a choice. */
    List<String> values() {
      return operator.endsWith("~") ? Arrays.asList(value.split("\\|")) : List.of(value);
    }
  }

  private final String text;
  private final Deque<String> calls = new ArrayDeque<>();
  private final List<Selector> selectors = new ArrayList<>();
  private final Set<String> groupings = new LinkedHashSet<>();
  private String called = "";
  private int at;

  private PromQl(String text) {
    this.text = text;
  }

  /** Of an expression that Prometheus takes; of others, whatever it can make of them. */
  static PromQl parse(String expression) {
    PromQl parsed = new PromQl(expression);
    while (parsed.at < expression.length()) {
      parsed.step();
    }
    return parsed;
  }

  List<Selector> selectors() {
    return selectors;
  }

  /** The labels of every list behind {@code by}, {@code on} and the like. */
  Set<String> groupings() {
    return groupings;
  }

  private void step() {
    if (take(SPACE) || take(TEXT) || take(RANGE) || take(NUMBER)) {
      return;
    }
    String name = taken(NAME, 0);
    if (!name.isEmpty()) {
      word(name);
    } else if (text.charAt(at) == '{') {
      selector("");
    } else {
      sign(text.charAt(at++));
    }
  }

  private void sign(char sign) {
    if (sign == '(') {
      calls.push(called);
      called = "";
    } else if (sign == ')' && !calls.isEmpty()) {
      calls.pop();
    }
  }

  private void word(String word) {
    take(SPACE);
    if (GROUPINGS.contains(word)) {
      group(taken(LIST, 1));
    } else if (AGGREGATIONS.contains(word) || (next() == '(' && !OPERATORS.contains(word))) {
      called = word;
    } else if (!OPERATORS.contains(word)) {
      selector(word);
    }
  }

  private void group(String list) {
    Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .forEach(groupings::add);
  }

  private void selector(String metric) {
    List<Match> matches =
        MATCHER
            .matcher(taken(MATCHERS, 1))
            .results()
            .map(found -> new Match(found.group(1), found.group(2), found.group(3)))
            .toList();
    String function = calls.isEmpty() ? "" : calls.peek();
    selectors.add(new Selector(metric, matches, taken(RANGE, 1), function));
  }

  private char next() {
    return at < text.length() ? text.charAt(at) : ' ';
  }

  private boolean take(Pattern pattern) {
    return !taken(pattern, 0).isEmpty();
  }

  private String taken(Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return "";
    }
    at = matcher.end();
    return matcher.group(group);
  }
}
