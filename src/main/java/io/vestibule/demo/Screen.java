package io.vestibule.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns a moment of the play into lines of at most 79 columns, always as many. */
final class Screen {
  private static final int COLUMN_COUNT = 79;
  private static final int BAR_COLUMN_COUNT = 40;
  private static final int DOOR_COLUMN_COUNT = 64;
  private static final int RECENT_COUNT = 5;

  private final Terminal terminal;

  Screen(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> lines(Picture picture) {
    Scoreboard.Tally tally = picture.tally();
    List<String> lines = new ArrayList<>();
    lines.add(terminal.bold("Vestibule") + "  a working day at speed   " + bar(picture));
    lines.add("");
    lines.add(
        labelled(
            "doors",
            picture.onlineCount() + " of " + picture.doors().length() + " connected over mTLS"));
    lines.add(labelled("", cut(picture.doors(), DOOR_COLUMN_COUNT)));
    lines.add(labelled("unlocks", unlocks(tally)));
    lines.add(labelled("round trip", roundTrip(tally.roundTrip())));
    lines.add(labelled("scenes", scenes(picture)));
    lines.add("");
    lines.add(terminal.dim("last scenes"));
    addRecent(lines, recentScenes(picture.played()));
    lines.add(terminal.dim("last refusals"));
    addRecent(lines, tally.lastRefusals());
    return lines;
  }

  /** What a terminal that cannot be drawn over gets every now and then. */
  String line(Picture picture) {
    return String.format(
        Locale.ROOT,
        "%3d s  doors %d/%d  %s  p50 %.1f ms  p99 %.1f ms",
        picture.elapsedMs() / 1_000,
        picture.onlineCount(),
        picture.doors().length(),
        unlocks(picture.tally()),
        picture.tally().roundTrip().p50Ms(),
        picture.tally().roundTrip().p99Ms());
  }

  /** One scene that is over. */
  String scene(Played played) {
    String mark = played.asExpected() ? terminal.good("ok") : terminal.bad("NO");
    return mark + "  " + String.format("%-24s ", cut(played.name(), 24)) + cut(played.seen(), 48);
  }

  private static String unlocks(Scoreboard.Tally tally) {
    return tally.openedCount() + " opened, " + tally.refusedCount() + " not opened";
  }

  private static String roundTrip(Scoreboard.RoundTrip trip) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms   p99 %.1f ms   max %.1f ms",
        trip.p50Ms(),
        trip.p99Ms(),
        trip.maxMs());
  }

  private String scenes(Picture picture) {
    long unexpected = picture.tally().unexpectedCount();
    String played = picture.played().size() + " of " + picture.sceneCount() + " played, ";
    String ending = unexpected + " not as expected";
    return played + (unexpected == 0 ? terminal.good(ending) : terminal.bad(ending));
  }

  private List<String> recentScenes(List<Played> played) {
    return played.subList(Math.max(0, played.size() - RECENT_COUNT), played.size()).stream()
        .map(this::scene)
        .toList();
  }

  private static void addRecent(List<String> lines, List<String> recent) {
    for (int index = 0; index < RECENT_COUNT; index++) {
      lines.add(index < recent.size() ? "  " + recent.get(index) : "");
    }
  }

  private static String bar(Picture picture) {
    long elapsedMs = Math.min(picture.elapsedMs(), picture.lengthMs());
    int full = (int) (elapsedMs * BAR_COLUMN_COUNT / Math.max(1, picture.lengthMs()));
    return "[" + "#".repeat(full) + "-".repeat(BAR_COLUMN_COUNT - full) + "]";
  }

  private String labelled(String label, String text) {
    return terminal.dim(String.format("%-12s", label)) + text;
  }

  static String cut(String text, int columnCount) {
    int most = Math.min(columnCount, COLUMN_COUNT);
    return text.length() <= most ? text : text.substring(0, most - 2) + "..";
  }
}
