package io.vestibule.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The media types that a client takes (RFC 9110, 12.5.1). What is no media range is passed over;
 * without any, everything will do.
 */
final class Acceptable {
  private static final Pattern RANGE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9a-z-]+)/([!#$%&'*+.^_`|~0-9a-z-]+)\\s*(;.*)?");
  private static final Pattern WEIGHT =
      Pattern.compile(";\\s*q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*(?:;|$)");

  private final List<Range> ranges = new ArrayList<>();

  /** Of all Accept headers of a request. */
  Acceptable(List<String> headers) {
    for (String header : headers) {
      for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
        parse(range.strip()).ifPresent(ranges::add);
      }
    }
  }

  /** The offer of the greatest weight, the first of several; empty where none is acceptable. */
  Optional<String> best(List<String> offers) {
    Optional<String> best = Optional.empty();
    double weight = 0;
    for (String offer : offers) {
      double weighed = weight(offer);
      if (weighed > weight) {
        best = Optional.of(offer);
        weight = weighed;
      }
    }
    return best;
  }

  /** The most specific range that has the offer decides. */
  private double weight(String offer) {
    if (ranges.isEmpty()) {
      return 1;
    }
    return ranges.stream()
        .filter(range -> range.has(offer))
        .max(Comparator.comparingInt(Range::specificity))
        .map(Range::weight)
        .orElse(0.0);
  }

  private static Optional<Range> parse(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      return Optional.empty();
    }
    String parameters = range.group(3) == null ? "" : range.group(3);
    Matcher weight = WEIGHT.matcher(parameters);
    double weighs = weight.find() ? Double.parseDouble(weight.group(1)) : 1;
    return Optional.of(new Range(range.group(1), range.group(2), weighs));
  }

  private record Range(String type, String subtype, double weight) {
    boolean has(String offer) {
      return specificity() == 0
          || (specificity() == 1 && offer.startsWith(type + "/"))
          || offer.equals(type + "/" + subtype);
    }

    int specificity() {
      return type.equals("*") ? 0 : subtype.equals("*") ? 1 : 2;
    }
  }
}
