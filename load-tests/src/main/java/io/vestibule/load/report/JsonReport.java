package io.vestibule.load.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A report for programs. */
final class JsonReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Enough for the percentile of one in ten million, and more than anything is measured to. */
  private static final MathContext POINT_DIGITS = new MathContext(9);

  private final Report report;

  JsonReport(Report report) {
    this.report = report;
  }

  /** Whether a report leaves nothing out; what cannot be read is none. */
  static boolean whole(String report) {
    try {
      return JSON.readTree(report).path("leftOut").isEmpty();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  String text() {
    try {
      return JSON.writeValueAsString(json()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that is no JSON", e);
    }
  }

  ObjectNode json() {
    Report.Span span = report.span();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scenario", report.scenario());
    json.put("quick", report.judge().quick());
    json.put("verdict", (report.ok() ? Verdict.OK : Verdict.MISSED).code());
    json.put("from", span.from().truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("seconds", Duration.between(span.from(), span.until()).toSeconds());
    ArrayNode leftOut = json.putArray("leftOut");
    report.result().leftOut().forEach(leftOut::add);
    json.set("worstPauseMs", number(span.pauses().worstMs()));
    json.put("pausesAbove10Ms", span.pauses().above10MsCount());
    json.set("standstillPercent", number(span.standstill().percent()));
    json.set("worstStandstillMs", number(span.standstill().worstMs()));
    json.setAll(report.provenance().json());
    report.result().figures().forEach(figure -> json.withArray("figures").add(json(figure)));
    report.result().charts().forEach(chart -> json.withArray("charts").add(json(chart)));
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
    json.put("verdict", report.judge().verdict(figure).code());
    return json;
  }

  private static ObjectNode json(Chart chart) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("title", chart.title());
    json.set("x", json(chart.x()));
    json.set("y", json(chart.y()));
    for (Chart.Curve curve : chart.curves()) {
      ObjectNode one = json.withArray("curves").addObject().put("name", curve.name());
      ArrayNode points = one.putArray("points");
      curve
          .points()
          .forEach(point -> points.addArray().add(exact(point.x())).add(exact(point.y())));
    }
    return json;
  }

  private static ObjectNode json(Chart.Axis axis) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", axis.name())
        .put("unit", axis.unit())
        .put("scale", axis.scale().name().toLowerCase(Locale.ROOT));
  }

  /** What is not a number is null. */
  private static ValueNode number(double value) {
    return Double.isFinite(value)
        ? DoubleNode.valueOf(Math.round(value * 1_000) / 1_000.0)
        : NullNode.instance;
  }

  private static ValueNode exact(double value) {
    return Double.isFinite(value)
        ? DoubleNode.valueOf(new BigDecimal(value).round(POINT_DIGITS).doubleValue())
        : NullNode.instance;
  }
}
