package io.vestibule.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The play's end: what was expected, what was seen, and where to look next. */
final class Summary {
  private static final String ROW = "%-24s %-25s %-25s ";

  private final Terminal terminal;

  Summary(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> table(List<Played> played, Scoreboard.Tally tally) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(terminal.bold(String.format(ROW, "scene", "expected", "seen")));
    for (Played scene : played) {
      lines.add(row(scene));
    }
    lines.add("");
    lines.add(verdict(played));
    lines.add(
        String.format(
            Locale.ROOT, "%d opened, %d not opened", tally.openedCount(), tally.refusedCount()));
    lines.add(
        String.format(
            Locale.ROOT,
            "round trip of %d deliveries, cold start and all: p50 %.1f ms, p99 %.1f ms",
            tally.ordinaryOpenedCount(),
            tally.roundTrip().p50Ms(),
            tally.roundTrip().p99Ms()));
    return lines;
  }

  /** The token reads doors, for as long as the gateway stays up and the token lives. */
  List<String> whereNext(Stage stage, String token) {
    String door = stage.api() + "/v1/doors/" + Role.FRONT.door();
    return List.of(
        "",
        terminal.bold("Where to look next"),
        "  API      " + stage.api(),
        "  metrics  " + stage.management() + "/metrics",
        "  health   " + stage.management() + "/health",
        "  doors    mqtts://" + stage.doors().host() + ":" + stage.doors().port(),
        "",
        "curl -s " + stage.api() + "/.well-known/jwks.json",
        "curl -s " + stage.management() + "/metrics | grep '^vestibule_unlock'",
        "TOKEN=" + token,
        "curl -s -H \"Authorization: Bearer $TOKEN\" " + door);
  }

  private String row(Played scene) {
    String mark = scene.asExpected() ? terminal.good("ok") : terminal.bad("NO");
    // What went wrong is told in full, below its row.
    String rest = scene.asExpected() || scene.seen().length() <= 25 ? "" : "\n     " + scene.seen();
    return String.format(
            ROW,
            Screen.cut(scene.name(), 24),
            Screen.cut(scene.expected(), 25),
            Screen.cut(scene.seen(), 25))
        + mark
        + rest;
  }

  private String verdict(List<Played> played) {
    long good = played.stream().filter(Played::asExpected).count();
    String text = good + " of " + played.size() + " as expected";
    return good == played.size() ? terminal.good(text) : terminal.bad(text);
  }
}
