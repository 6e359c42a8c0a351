package io.vestibule.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The command line's entry. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    JvmSettings.apply();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Programs programs =
        Programs.wired(System.out, TerminalProbe.probe(out, System.getenv()), System.getenv());
    int exitCode = new CommandLineRun(programs, System.getenv()).run(args, out, err);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }
}
