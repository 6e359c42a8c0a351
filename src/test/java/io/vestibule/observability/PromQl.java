package io.vestibule.observability;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The vector selectors of an expression: what it reads, without what it makes of it. */
final class PromQl {
  private static final String STRING = "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`";
  private static final String MATCHERS = "\\{(?:" + STRING + "|[^}\"'`])*\\}";
  private static final String LABELS =
      "\\b(?i:by|without|on|ignoring|group_left|group_right)\\b(?:\\s*\\([^)]*\\))?";
  // Texts, comments, ranges, numbers and durations, lists of labels, and what opens a call.
  private static final String REST =
      STRING + "|#[^\\n]*|\\[[^\\]]*\\]|\\.?\\d[\\w.]*|" + LABELS + "|[a-zA-Z_]\\w*\\s*\\(";
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)" + REST + "|([a-zA-Z_:][\\w:]*)\\s*(" + MATCHERS + ")?|(" + MATCHERS + ")");
  private static final int NAME = 1;
  private static final int NAMED_MATCHERS = 2;
  private static final int BARE_MATCHERS = 3;
  private static final Set<String> WORDS =
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
          "quantile",
          "and",
          "or",
          "unless",
          "atan2",
          "bool",
          "offset",
          "inf",
          "nan");

  /**
   * What one selector asks for.
   *
   * @param metric empty where it has matchers alone
   * @param text the selector as an expression of its own, without range, offset or modifier
   */
  record Selector(String metric, String text) {}

  private PromQl() {}

  /** In the order in which they stand; a selector that stands twice is there twice. */
  static List<Selector> selectors(String expression) {
    return TOKEN
        .matcher(expression)
        .results()
        .map(PromQl::selector)
        .filter(selector -> !selector.text().isEmpty())
        .toList();
  }

  private static Selector selector(MatchResult token) {
    String name = token.group(NAME);
    if (name == null) {
      return new Selector("", Objects.requireNonNullElse(token.group(BARE_MATCHERS), ""));
    }
    boolean bare = token.group(NAMED_MATCHERS) == null;
    return bare && WORDS.contains(name.toLowerCase(Locale.ROOT))
        ? new Selector("", "")
        : new Selector(name, token.group().strip());
  }
}
