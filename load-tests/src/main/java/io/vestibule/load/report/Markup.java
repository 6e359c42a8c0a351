package io.vestibule.load.report;

/** Text in HTML and SVG. */
final class Markup {
  private Markup() {}

  /** Shown as it stands, between tags and in quoted attributes. */
  static String text(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(sign -> escaped.append(escaped((char) sign)));
    return escaped.toString();
  }

  private static String escaped(char sign) {
    return switch (sign) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> String.valueOf(sign);
    };
  }
}
