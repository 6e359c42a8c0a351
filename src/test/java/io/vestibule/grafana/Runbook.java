package io.vestibule.grafana;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The headings of docs/RUNBOOK.md, which panels and alerts link to. */
final class Runbook {
  static final String FILE = "docs/RUNBOOK.md";

  private Runbook() {}

  static String text() {
    try {
      return Files.readString(Path.of(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> headings() {
    return text()
        .lines()
        .filter(line -> line.startsWith("##"))
        .map(line -> line.replaceFirst("#+ ", ""))
        .toList();
  }

  static List<String> anchors() {
    return headings().stream().map(Runbook::anchor).toList();
  }

  /** As the usual renderers of Markdown make it of a heading. */
  static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
  }
}
