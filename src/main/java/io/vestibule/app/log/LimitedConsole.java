package io.vestibule.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.vestibule.time.Time;

/**
 * The console, where what strangers can cause does not fill the disk: warnings and errors, and
 * whatever libraries say, are bounded for each logger, and what is left out is said.
 */
public final class LimitedConsole extends ConsoleAppender<ILoggingEvent> {
  private static final String OURS = "io.vestibule.";

  private final LineLimit limit;

  /** For the configuration, which names this class. */
  public LimitedConsole() {
    this(Time.system());
  }

  LimitedConsole(Time time) {
    limit = new LineLimit(time);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!limited(event)) {
      super.append(event);
      return;
    }
    limit
        .admit(event.getLoggerName())
        .ifPresentOrElse(
            leftOut -> {
              tell(event.getLoggerName(), leftOut);
              super.append(event);
            },
            Logging::leftOut);
  }

  @Override
  public void stop() {
    if (isStarted()) {
      limit.untold().forEach(this::tell);
    }
    super.stop();
  }

  /** Who asks for our debugging lines wants them all, and strangers cause no others of ours. */
  private static boolean limited(ILoggingEvent event) {
    return event.getLevel().isGreaterOrEqual(Level.WARN) || !event.getLoggerName().startsWith(OURS);
  }

  private void tell(String logger, long leftOut) {
    if (leftOut > 0) {
      super.append(
          new LoggingEvent(
              LimitedConsole.class.getName(),
              ((LoggerContext) getContext()).getLogger(logger),
              Level.WARN,
              "{} more lines of this logger were left out",
              null,
              new Object[] {leftOut}));
    }
  }
}
