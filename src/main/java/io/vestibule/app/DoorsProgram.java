package io.vestibule.app;

import io.vertx.core.Vertx;
import io.vestibule.app.log.Logging;
import io.vestibule.client.CommandKeys;
import io.vestibule.client.DoorFleet;
import io.vestibule.client.FleetPlan;
import io.vestibule.client.Gateway;
import io.vestibule.demo.DoorsWatch;
import io.vestibule.demo.Terminal;
import io.vestibule.signing.Providers;
import java.time.Duration;

/** Simulated doors until the process is told to end. */
final class DoorsProgram implements Programs.Doors {
  private static final Duration TELEMETRY_EVERY = Duration.ofSeconds(30);
  private static final Duration KEYS_TIMEOUT = Duration.ofSeconds(10);
  // A door tries for ever, and the process with it.
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Terminal terminal;

  DoorsProgram(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int run(DoorsOptions options) throws CommandFailed {
    Providers.install();
    Vertx vertx = Vertx.vertx();
    Gateway gateway = new Gateway(options.url().getHost(), options.url().getPort());
    FleetPlan plan = new FleetPlan(gateway, options.pki().dir(), options.count(), TELEMETRY_EVERY);
    CommandKeys keys = Blocking.await(CommandKeys.load(vertx, options.jwks()), KEYS_TIMEOUT);
    DoorsWatch watch = new DoorsWatch(vertx, new DoorFleet(vertx, plan, keys), terminal);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(watch), "stop-doors"));
    Blocking.await(watch.run(), FOR_EVER);
    return ExitCode.OK;
  }

  private static void end(DoorsWatch watch) {
    Blocking.quietly("doors", watch.stop());
    Logging.end();
  }
}
