package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** docs/OPERATIONS.md, as tests follow it. */
final class Guide {
  private static final Path FILE = Path.of("docs/OPERATIONS.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final String PASSWORD = "CHANGE-ME";

  /** Of a building that says nothing else. */
  private static final int RETENTION_DAYS = 90;

  private static final Pattern TIME = Pattern.compile("([0-9]+) (days?|h|min|s)\\b");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "days", ChronoUnit.DAYS,
          "day", ChronoUnit.DAYS,
          "h", ChronoUnit.HOURS,
          "min", ChronoUnit.MINUTES,
          "s", ChronoUnit.SECONDS);

  private Guide() {}

  static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands under a heading, up to the next of its rank or above. */
  static String section(String heading) {
    String rank = heading.substring(0, heading.indexOf(' '));
    String text = text();
    int start = text.indexOf("\n" + heading + "\n");
    assertThat(start).as(heading).isNotNegative();
    String rest = text.substring(start + 1 + heading.length());
    MatchResult next =
        Pattern.compile("(?m)^#{1," + rank.length() + "} ")
            .matcher(rest)
            .results()
            .findFirst()
            .orElse(null);
    return next == null ? rest : rest.substring(0, next.start());
  }

  /** The shell commands under a heading, block by block. */
  static List<String> blocks(String heading) {
    return BLOCK.matcher(section(heading)).results().map(block -> block.group(1)).toList();
  }

  /** The line that makes the least user of Redis, as Redis takes it. */
  static String redisUser(String password) {
    return lines("ACL SETUSER vestibule reset").get(0).replace(PASSWORD, password);
  }

  /** The line that makes that user at a sentinel. */
  static String sentinelUser(String password) {
    return lines("-p 26379 ACL SETUSER")
        .get(0)
        .replace("-p 26379 ", "")
        .replace(PASSWORD, password);
  }

  /** What is added to it where some setting asks for more: each a line of its own. */
  static List<String> redisUserAdditions() {
    return lines("ACL SETUSER vestibule '");
  }

  /** The commands that such a line allows, as Redis names them. */
  static List<String> allowed(String line) {
    return words(line, "+");
  }

  /** The patterns of keys that such a line allows. */
  static List<String> keys(String line) {
    return words(line, "~");
  }

  /** The patterns of channels that such a line allows. */
  static List<String> channels(String line) {
    return words(line, "&");
  }

  /** How long a kind of keys lives at the most; zero for what has no end of its own. */
  static Duration kept(String kind) {
    String said = row("## What is kept, and erasing it", "`" + kind + "`", 2);
    Duration sum = said.contains("window") ? Duration.ofDays(1) : Duration.ZERO;
    if (said.contains("`retentionDays`")) {
      sum = sum.plusDays(RETENTION_DAYS);
    }
    for (MatchResult time : TIME.matcher(said).results().toList()) {
      sum = sum.plus(Integer.parseInt(time.group(1)), UNITS.get(time.group(2)));
    }
    return sum;
  }

  /** What the guide's table says of the memory that Redis needs for one of these. */
  static long bytes(String what) {
    return Long.parseLong(row("## Size", "| " + what, 1).replace(",", ""));
  }

  /** A cell of the one row of a section that has this in it. */
  private static String row(String heading, String with, int cell) {
    List<String> rows =
        section(heading)
            .lines()
            .filter(line -> line.startsWith("|") && line.contains(with))
            .toList();
    assertThat(rows).as(with).hasSize(1);
    return rows.get(0).split("\\|")[cell + 1].strip();
  }

  private static List<String> words(String line, String mark) {
    return List.of(line.split(" ")).stream()
        .filter(word -> word.startsWith(mark))
        .map(word -> word.substring(mark.length()))
        .toList();
  }

  /** Commands of redis-cli that begin so, each on one line and without what the shell needs. */
  private static List<String> lines(String start) {
    List<String> lines = new ArrayList<>();
    for (String block : blocks("## Redis")) {
      for (String line : block.replaceAll("\\\\\n *", "").split("\n")) {
        if (line.startsWith("redis-cli " + start)) {
          lines.add(
              line.replaceFirst("^redis-cli ", "").replaceAll("#.*$", "").replace("'", "").strip());
        }
      }
    }
    assertThat(lines).as(start).isNotEmpty();
    return lines;
  }
}
