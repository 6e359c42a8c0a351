package io.vestibule.app;

import io.vestibule.app.log.Logging;
import io.vestibule.config.Config;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one gateway until the process is told to end. */
final class ServeProgram implements Programs.Serve {
  private static final Logger LOG = LoggerFactory.getLogger(ServeProgram.class);

  private final PrintStream out;

  ServeProgram(PrintStream out) {
    this.out = out;
  }

  @Override
  public int run(Config config) throws CommandFailed {
    Logging.apply(config.log());
    try {
      return serve(Gateway.start(config));
    } catch (CommandFailed e) {
      Logging.end();
      throw e;
    }
  }

  private int serve(Gateway gateway) throws CommandFailed {
    Thread drain = new Thread(() -> drain(gateway), "drain");
    Runtime.getRuntime().addShutdownHook(drain);
    try {
      gateway.awaitReady();
      out.println("vestibule ready " + gateway.ports());
      out.flush();
      // Until a signal: the hook ends the process.
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (CommandFailed e) {
      if (drain.isAlive()) {
        return ExitCode.OK; // A signal came while it waited; the hook has the last word.
      }
      // Else the hook would end the process as if all were well.
      Runtime.getRuntime().removeShutdownHook(drain);
      gateway.close();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILURE;
    }
  }

  /** The JVM would end with 143 on SIGTERM; a gateway that has drained ends with 0. */
  private static void drain(Gateway gateway) {
    LOG.info("draining");
    gateway.close();
    LOG.info("drained");
    Logging.end();
    Runtime.getRuntime().halt(ExitCode.OK);
  }
}
