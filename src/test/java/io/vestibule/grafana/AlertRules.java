package io.vestibule.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What is asked of every alert. */
final class AlertRules {
  /** What somebody may be doing to doors right now. */
  private static final Set<String> SECURITY =
      Set.of("VestibuleForcedOpen", "VestibuleForgedRequests");

  private static final Pattern NAME = Pattern.compile("Vestibule([A-Z][a-z]+)+");
  private static final Pattern LONG_ENOUGH = Pattern.compile("([5-9]|\\d{2,})m|\\d+h");
  private static final Set<String> SEVERITIES = Set.of("page", "ticket");

  private final ExpressionRules expressions;
  private final List<String> headings;

  AlertRules(KnownSeries known, List<String> headings) {
    this.expressions = new ExpressionRules(known);
    this.headings = headings;
  }

  /** Each a line; none where all is well. */
  List<String> faults(JsonNode alert) {
    String name = alert.path("alert").asText();
    String severity = alert.path("labels").path("severity").asText();
    JsonNode says = alert.path("annotations");
    List<String> faults = new ArrayList<>(expressions.ofARule(alert.path("expr").asText()));
    when(!NAME.matcher(name).matches(), "name", faults);
    when(!SEVERITIES.contains(severity), "severity", faults);
    when(says.path("summary").asText().isBlank(), "summary", faults);
    when(says.path("description").asText().isBlank(), "description", faults);
    when(!headings.contains(name), "no heading in the runbook", faults);
    String link = Runbook.FILE + "#" + name.toLowerCase(Locale.ROOT);
    when(!says.path("runbook_url").asText().equals(link), "runbook_url", faults);
    boolean waits = LONG_ENOUGH.matcher(alert.path("for").asText()).matches();
    boolean atOnce = SECURITY.contains(name) && severity.equals("page") && !alert.has("for");
    when(!waits && !atOnce, "for is under 5m", faults);
    return faults;
  }

  private static void when(boolean wrong, String fault, List<String> faults) {
    if (wrong) {
      faults.add(fault);
    }
  }
}
