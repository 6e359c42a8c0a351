package io.vestibule.app.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.vestibule.config.LogConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The log of this process. */
public final class Logging {
  private static final String CONFIGURATION = "/logback.xml";

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

  /** Lines that were left out since the start, of loggers that had too much to say. */
  public static long leftOutCount() {
    return context().getLoggerList().stream()
        .flatMap(Logging::consoles)
        .distinct() // Several loggers may write to the same.
        .mapToLong(LimitedConsole::leftOutCount)
        .sum();
  }

  private static Stream<LimitedConsole> consoles(Logger logger) {
    List<LimitedConsole> consoles = new ArrayList<>();
    logger
        .iteratorForAppenders()
        .forEachRemaining(
            appender -> {
              if (appender instanceof LimitedConsole console) {
                consoles.add(console);
              }
            });
    return consoles.stream();
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static String code(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
