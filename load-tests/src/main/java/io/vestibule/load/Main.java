package io.vestibule.load;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The entry that {@code load-tests/run} hands over to. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Path home = Path.of(System.getProperty("load-tests.home", "load-tests")).toAbsolutePath();
    System.exit(new CommandLineRun(home, out, err).run(args));
  }
}
