package io.vestibule.app;

import io.vestibule.demo.Terminal;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Map;

/** Finds out what stdout is. */
final class TerminalProbe {
  private TerminalProbe() {}

  /** Without a person before it, plain lines; without colour where that is not wanted. */
  static Terminal probe(PrintWriter out, Map<String, String> environment) {
    boolean live = interactive() && !"dumb".equals(environment.get("TERM"));
    // https://no-color.org: present and not empty, whatever its value.
    boolean coloured = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(out, live, coloured);
  }

  /** From JDK 22 on there is a console even where nobody sits at it, and a method to ask it. */
  @SuppressWarnings("SystemConsoleNull") // It does before 22, and after it is asked.
  private static boolean interactive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException before22) {
      return true;
    }
  }
}
