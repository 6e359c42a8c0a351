package io.vestibule.app.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.vestibule.config.LogConfig;
import io.vestibule.metrics.Tally;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The log of this process. */
public final class Logging {
  private static final String CONFIGURATION = "/logback.xml";

  private static volatile Optional<Tally> leftOut = Optional.empty();

  private Logging() {}

  /** Of whatever is written from now on; until it is called, text from {@code info} on. */
  public static void apply(LogConfig config) {
    configure(context(), config);
  }

  static void configure(LoggerContext context, LogConfig config) {
    context.reset();
    context.putProperty("log.format", code(config.format()));
    context.putProperty("log.level", code(config.level()));
    context.putProperty("log.level.others", code(others(config.level())));
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(Objects.requireNonNull(Logging.class.getResource(CONFIGURATION)));
    } catch (JoranException e) {
      throw new IllegalStateException("the log's own configuration is wrong", e);
    }
  }

  /** What libraries say while they are debugged is theirs alone, and may quote what is secret. */
  private static LogConfig.Level others(LogConfig.Level ours) {
    return ours == LogConfig.Level.DEBUG ? LogConfig.Level.INFO : ours;
  }

  /** Counts each line that is left out from now on; the log is the process', and so is this. */
  public static void countLeftOut(Tally tally) {
    leftOut = Optional.of(tally);
  }

  /**
   * Writes what waits and says what was left out, within some two seconds if nobody reads it;
   * nothing is logged after it.
   */
  public static void end() {
    context().stop();
  }

  static void leftOut() {
    leftOut.ifPresent(Tally::add);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static String code(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
