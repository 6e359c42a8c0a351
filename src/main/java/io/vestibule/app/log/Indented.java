package io.vestibule.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.regex.Pattern;

/** {@code %indented(…)}: a stack trace, whose messages may hold line breaks, below its line. */
public final class Indented extends CompositeConverter<ILoggingEvent> {
  private static final String MARGIN = "    ";
  private static final Pattern BREAKS = Pattern.compile("[\\n\\r\\u0085\\u2028\\u2029]+");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  @Override
  protected String transform(ILoggingEvent event, String in) {
    if (in.isEmpty()) {
      return in;
    }
    String indented = BREAKS.matcher(in.strip()).replaceAll("\n" + MARGIN);
    return MARGIN + CONTROLS.matcher(indented).replaceAll(" ") + "\n";
  }
}
