package io.vestibule.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a whole run found: as JSON for programs, as a page and as text for people. */
public record Report(
    String scenario, Span span, Provenance provenance, Result result, Judge judge) {
  /** From when to when it ran, and how this machine stood still before it and paused in it. */
  public record Span(Instant from, Instant until, Standstill standstill, Pauses pauses) {
    /** What a reader must know before the figures; empty where nothing disturbed them. */
    Optional<String> note() {
      return pauses.disturbing()
          ? Optional.of(
              String.format(
                  Locale.ROOT,
                  "this machine paused for %.0f ms during the run; times may be its own.",
                  pauses.worstMs()))
          : Optional.empty();
    }
  }

  /** What a reader must know before the figures. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!result.leftOut().isEmpty()) {
      notes.add("not measured in this run: " + String.join("; ", result.leftOut()) + ".");
    }
    span.note().ifPresent(notes::add);
    return notes;
  }

  public boolean ok() {
    return judge.missed(result.figures()).isEmpty();
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    notes().forEach(note -> text.append("NOTE: ").append(note).append("\n\n"));
    text.append(new Table(judge).render(result.figures()));
    text.append("pauses of this machine: ").append(span.pauses().text()).append('\n');
    text.append("this machine before it: ").append(span.standstill().text()).append('\n');
    text.append(provenance.text());
    for (Figure missed : judge.missed(result.figures())) {
      text.append("MISSED: ").append(missed.subject().section()).append(": ");
      text.append(missed.subject().name()).append(": ").append(missed.measure().name());
      text.append(' ').append(Table.number(missed.value())).append('\n');
    }
    return text.toString();
  }

  /**
   * The page; JSON and text lie beside it: all three, or none. What leaves something out takes the
   * place of no whole report, and lies beside it.
   */
  public Path write(Path directory) throws IOException {
    String usual = date() + "-" + scenario;
    boolean beside = !result.leftOut().isEmpty() && whole(directory.resolve(usual + ".json"));
    String name = beside ? usual + "-in-part" : usual;
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(name + ".txt", text());
    texts.put(name + ".html", new HtmlReport(this).html());
    texts.put(name + ".json", new JsonReport(this).text());
    new ReportFiles(directory).write(texts);
    return directory.resolve(name + ".html");
  }

  private static boolean whole(Path json) throws IOException {
    return Files.exists(json) && JsonReport.whole(Files.readString(json));
  }

  LocalDate date() {
    return LocalDate.ofInstant(span.from(), ZoneOffset.UTC);
  }
}
