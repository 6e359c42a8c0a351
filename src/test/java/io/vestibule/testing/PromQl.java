package io.vestibule.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an expression reads and by what it groups, without what it makes of it. */
public final class PromQl {
  private static final String STRING = "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`";
  private static final Pattern SPACE = Pattern.compile("(?:\\s|#[^\\n]*)+");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9.][\\w.]*");
  private static final Pattern TEXT = Pattern.compile("(?s)" + STRING);
  private static final Pattern RANGE = Pattern.compile("\\[([^\\]]*)\\]");
  private static final Pattern LIST = Pattern.compile("\\(([^)]*)\\)");
  private static final Pattern MATCHERS = Pattern.compile("(?s)\\{(?:" + STRING + "|[^}\"'`])*\\}");
  private static final Pattern MATCHER =
      Pattern.compile("(?s)(\\w+)\\s*(=~|!~|!=|=)\\s*(" + STRING + ")");
  private static final Set<String> GROUPINGS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> OPERATORS =
      Set.of("and", "or", "unless", "atan2", "bool", "offset", "inf", "nan");

  /** They may stand before {@code by}, where other functions stand before a parenthesis. */
  private static final Set<String> AGGREGATIONS =
      Set.of(
          "sum",
          "min",
          "max",
          "avg",
          "group",
          "stddev",
          "stdvar",
          "count",
          "count_values",
          "bottomk",
          "topk",
          "quantile");

  /**
   * One selector.
   *
   * @param metric empty where it has matchers alone
   * @param text the selector as an expression of its own, without range, offset or modifier
   * @param function whose argument it is, or empty
   * @param range between brackets, or empty
   */
  public record Selector(
      String metric, List<Match> matches, String text, String range, String function) {}

  /** One matcher of a selector. */
  public record Match(String label, String operator, String value) {
    public boolean positive() {
      return operator.startsWith("=");
    }

    /** What it names, where it is no pattern but a choice. */
    public List<String> values() {
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
  public static PromQl parse(String expression) {
    PromQl parsed = new PromQl(expression);
    while (parsed.at < expression.length()) {
      parsed.step();
    }
    return parsed;
  }

  /** In the order in which they stand; one that stands twice is there twice. */
  public List<Selector> selectors() {
    return selectors;
  }

  /** The labels of every list behind {@code by}, {@code on} and the like. */
  public Set<String> groupings() {
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

  private void word(String name) {
    String word = name.toLowerCase(Locale.ROOT);
    take(SPACE);
    if (GROUPINGS.contains(word)) {
      group(taken(LIST, 1));
    } else if (AGGREGATIONS.contains(word) || (next() == '(' && !OPERATORS.contains(word))) {
      called = word;
    } else if (!OPERATORS.contains(word)) {
      selector(name);
    }
  }

  private void group(String list) {
    Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .forEach(groupings::add);
  }

  private void selector(String metric) {
    String matchers = taken(MATCHERS, 0);
    List<Match> matches = MATCHER.matcher(matchers).results().map(PromQl::match).toList();
    String function = calls.isEmpty() ? "" : calls.peek();
    take(SPACE);
    selectors.add(new Selector(metric, matches, metric + matchers, taken(RANGE, 1), function));
  }

  private static Match match(MatchResult found) {
    String quoted = found.group(3);
    return new Match(found.group(1), found.group(2), quoted.substring(1, quoted.length() - 1));
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
