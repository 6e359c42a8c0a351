package io.vestibule.demo;

import java.io.PrintWriter;

/**
 * Where the play is shown.
 *
 * @param live whether a picture may be drawn over itself with ANSI sequences
 * @param coloured whether colours are wanted
 */
public record Terminal(PrintWriter out, boolean live, boolean coloured) {
  private static final String ESCAPE = "\u001b[";

  /** Draws over as many lines as were drawn before. */
  void redraw(int linesBefore, Iterable<String> lines) {
    StringBuilder text = new StringBuilder();
    if (linesBefore > 0) {
      text.append(ESCAPE).append(linesBefore).append('A');
    }
    // Each line clears what the longer one before it may have left.
    lines.forEach(line -> text.append(line).append(ESCAPE).append("K\n"));
    out.print(text);
    out.flush();
  }

  public void print(Iterable<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  String good(String text) {
    return colour("32", text);
  }

  String bad(String text) {
    return colour("31;1", text);
  }

  String dim(String text) {
    return colour("2", text);
  }

  String bold(String text) {
    return colour("1", text);
  }

  private String colour(String code, String text) {
    return coloured ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
