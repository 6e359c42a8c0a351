package io.vestibule.load.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What a whole run found, as JSON for programs and as text for people. */
public record Report(
    String scenario, Span span, Provenance provenance, Result result, Judge judge) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** From when to when it ran, and the worst pause of this machine while it did. */
  public record Span(Instant from, Instant until, double worstPauseMs) {
    boolean disturbed() {
      return worstPauseMs > Hiccups.WORTH_A_WARNING.toMillis();
    }
  }

  public boolean ok() {
    return judge.missed(result.figures()).isEmpty();
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    if (span.disturbed()) {
      text.append(
          String.format(
              Locale.ROOT,
              "NOTE: this machine paused for %.0f ms during the run; times may be its own.%n%n",
              span.worstPauseMs()));
    }
    text.append(new Table(judge).render(result.figures()));
    text.append(String.format(Locale.ROOT, "worst pause %.1f ms%n", span.worstPauseMs()));
    text.append(provenance.text());
    for (Figure missed : judge.missed(result.figures())) {
      text.append("MISSED: ").append(missed.subject().section()).append(": ");
      text.append(missed.subject().name()).append(": ").append(missed.measure().name());
      text.append(' ').append(Table.number(missed.value())).append('\n');
    }
    return text.toString();
  }

  /** The JSON file; the text lies beside it. */
  public Path write(Path directory) throws IOException {
    String name = LocalDate.ofInstant(span.from(), ZoneOffset.UTC) + "-" + scenario;
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(name + ".txt"), text());
    return Files.writeString(
        directory.resolve(name + ".json"), JSON.writeValueAsString(json()) + "\n");
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scenario", scenario);
    json.put("quick", judge.quick());
    json.put("verdict", (ok() ? Verdict.OK : Verdict.MISSED).code());
    json.put("from", span.from().truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("seconds", Duration.between(span.from(), span.until()).toSeconds());
    json.set("worstPauseMs", number(span.worstPauseMs()));
    json.setAll(provenance.json());
    for (Figure figure : result.figures()) {
      json.withArray("figures").add(json(figure));
    }
    return json;
  }

  private ObjectNode json(Figure figure) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("section", figure.subject().section());
    json.put("subject", figure.subject().name());
    json.put("measure", figure.measure().name());
    json.put("unit", figure.measure().unit());
    json.set("value", number(figure.value()));
    figure.bound().ifPresent(bound -> json.put(bound.side().member(), bound.limit()));
    json.put("verdict", judge.verdict(figure).code());
    return json;
  }

  /** What is not a number is null. */
  private static ValueNode number(double value) {
    return Double.isNaN(value)
        ? NullNode.instance
        : DoubleNode.valueOf(Math.round(value * 1_000) / 1_000.0);
  }
}
