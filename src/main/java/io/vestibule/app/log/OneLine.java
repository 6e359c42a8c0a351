package io.vestibule.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.regex.Pattern;

/** {@code %oneline(…)}: what strangers wrote may hold line breaks, and must not forge a line. */
public final class OneLine extends CompositeConverter<ILoggingEvent> {
  // U+0085, U+2028 and U+2029 end lines too, for some readers.
  private static final Pattern BREAKING = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]+");

  @Override
  protected String transform(ILoggingEvent event, String in) {
    return BREAKING.matcher(in).replaceAll(" ").stripTrailing();
  }
}
