package io.vestibule.app;

import io.vestibule.config.Config;
import io.vestibule.demo.Terminal;
import java.io.PrintStream;
import java.util.Map;

/** The commands that run for a while; each blocks until it ends and returns the exit code. */
record Programs(Serve serve, Demo demo, Doors doors) {
  /** The gateway. */
  interface Serve {
    int run(Config config) throws CommandFailed;
  }

  /** Everything on one machine. */
  interface Demo {
    int run(DemoRun run) throws CommandFailed;
  }

  /** Simulated doors against any gateway. */
  interface Doors {
    int run(DoorsOptions options) throws CommandFailed;
  }

  static Programs wired(PrintStream out, Terminal terminal, Map<String, String> environment) {
    return new Programs(
        new ServeProgram(out), new DemoProgram(terminal, environment), new DoorsProgram(terminal));
  }
}
