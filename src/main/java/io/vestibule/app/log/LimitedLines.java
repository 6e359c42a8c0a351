package io.vestibule.app.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is on its way to the console: a thread of its own writes it, so that nobody waits for
 * whoever reads the log. What strangers can cause does not fill the disk: warnings and errors, and
 * whatever libraries say, are bounded for each logger, and what is left out is said.
 */
public final class LimitedLines extends AsyncAppender {
  /** Half a second of unlocks at debug, at full speed; a few MiB. */
  static final int WAITING_MAX = 4_096;

  /** The last of these are for warnings and errors alone: a reader who stalls hears of bugs. */
  static final int WAITING_OF_WARNINGS = WAITING_MAX / 4;

  private static final Duration FLUSH_MAX = Duration.ofSeconds(1);
  private static final String OURS = "io.vestibule.";

  private final LineLimit limit;

  // Held for no longer than the queue's own lock: so no line is lost without being counted.
  private final ReentrantLock entrance = new ReentrantLock();
  private long untoldCount;

  /** For the configuration, which names this class. */
  public LimitedLines() {
    this(Time.system());
  }

  LimitedLines(Time time) {
    limit = new LineLimit(time);
    setQueueSize(WAITING_MAX);
    setDiscardingThreshold(WAITING_OF_WARNINGS);
    setNeverBlock(true);
    setIncludeCallerData(false);
    setMaxFlushTime((int) FLUSH_MAX.toMillis());
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!limited(event)) {
      enqueue(event);
      return;
    }
    limit
        .admit(event.getLoggerName())
        .ifPresentOrElse(
            leftOut -> {
              tell(event.getLoggerName(), leftOut);
              enqueue(event);
            },
            Logging::leftOut);
  }

  /** Writes what waits, for as long as its reader takes it and a second at most. */
  @Override
  public void stop() {
    if (isStarted()) {
      limit.untold().forEach(this::tell);
      tellUnread();
    }
    super.stop();
  }

  /** Who asks for our debugging lines wants them all, and strangers cause no others of ours. */
  private static boolean limited(ILoggingEvent event) {
    return event.getLevel().isGreaterOrEqual(Level.WARN) || !event.getLoggerName().startsWith(OURS);
  }

  private void tell(String logger, long leftOut) {
    if (leftOut > 0) {
      enqueue(warning(logger, "{} more lines of this logger were left out", leftOut));
    }
  }

  private void enqueue(ILoggingEvent event) {
    event.prepareForDeferredProcessing(); // Its text is made before others must wait.
    entrance.lock();
    try {
      if (full(event)) {
        untoldCount++;
        Logging.leftOut();
      } else {
        tellUnread();
        super.append(event);
      }
    } finally {
      entrance.unlock();
    }
  }

  private boolean full(ILoggingEvent event) {
    return getRemainingCapacity() == 0
        || (isQueueBelowDiscardingThreshold() && isDiscardable(event));
  }

  /** Once there is room again for every line. */
  private void tellUnread() {
    entrance.lock();
    try {
      if (untoldCount > 0 && !isQueueBelowDiscardingThreshold()) {
        String logger = LimitedLines.class.getName();
        super.append(warning(logger, "{} lines were left out: nobody read the log", untoldCount));
        untoldCount = 0;
      }
    } finally {
      entrance.unlock();
    }
  }

  private ILoggingEvent warning(String logger, String message, long count) {
    return new LoggingEvent(
        LimitedLines.class.getName(),
        ((LoggerContext) getContext()).getLogger(logger),
        Level.WARN,
        message,
        null,
        new Object[] {count});
  }
}
