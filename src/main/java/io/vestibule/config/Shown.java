package io.vestibule.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How found values are shown in a fault: quoted, cut, on one line, and without secrets. */
final class Shown {
  private static final int LENGTH_MAX = 80;
  private static final Pattern PASSWORD_PARAMETER = Pattern.compile("(?i)(password|user)=[^&]*");

  private Shown() {}

  static String of(List<String> texts) {
    return texts.stream().map(Shown::of).collect(Collectors.joining(", "));
  }

  static String of(String text) {
    String shown = withoutSecrets(text);
    if (shown.length() > LENGTH_MAX) {
      shown = shown.substring(0, LENGTH_MAX) + "…";
    }
    return "\"" + onOneLine(shown) + "\"";
  }

  static String onOneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> line.appendCodePoint(Character.isISOControl(c) || surrogate(c) ? '\uFFFD' : c));
    return line.toString();
  }

  private static boolean surrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static String withoutSecrets(String text) {
    if (text.contains("-----BEGIN")) {
      return "a PEM text";
    }
    String shown = PASSWORD_PARAMETER.matcher(text).replaceAll("$1=***");
    int at = shown.lastIndexOf('@');
    if (at < 0) {
      return shown;
    }
    int scheme = shown.indexOf("://");
    String start = scheme >= 0 && scheme < at ? shown.substring(0, scheme + 3) : "";
    return start + "***" + shown.substring(at);
  }
}
