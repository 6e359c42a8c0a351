package io.vestibule.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.client.Gateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final List<Played> PLAYED =
      List.of(
          new Played("stolen phone", "401 unknown_key", "401 unknown_key"),
          new Played("offline door", "503 door_offline", "200 opened"));

  private final StringWriter written = new StringWriter();
  private final Terminal plain = new Terminal(new PrintWriter(written), false, false);
  private final Terminal coloured = new Terminal(new PrintWriter(written), true, true);

  @Test
  void picture_showsDoorsOutcomesRoundTripAndReasons() {
    List<String> lines = new Screen(plain).lines(picture(5_000, "oo.o"));

    assertThat(String.join("\n", lines))
        .contains("3 of 4 connected")
        .contains("oo.o")
        .contains("12 opened, 7 not opened")
        .contains("p50 1.5 ms   p99 9.3 ms")
        .contains("2 of 40 played, 1 not as expected")
        .contains("ok  stolen phone             401 unknown_key")
        .contains("NO  offline door")
        .contains("door-8       503 door_offline");
  }

  @Test
  void picture_staysWithinEightyColumns_andKeepsItsHeight() {
    List<String> few = new Screen(plain).lines(picture(0, "o"));
    List<String> many = new Screen(plain).lines(picture(90_000, "o".repeat(2_000)));

    assertThat(many).hasSameSizeAs(few).allMatch(line -> line.length() < 80);
    assertThat(many.get(0)).contains("[" + "#".repeat(40) + "]");
  }

  @Test
  void withoutColour_nothingIsEscaped() {
    assertThat(String.join("", new Screen(plain).lines(picture(1, "o")))).doesNotContain("\u001b");
    assertThat(String.join("", new Screen(coloured).lines(picture(1, "o")))).contains("\u001b[");
  }

  @Test
  void redraw_goesUpOverWhatWasDrawn_andClearsTheRest() {
    coloured.redraw(2, List.of("a", "b"));

    assertThat(written).hasToString("\u001b[2Aa\u001b[K\nb\u001b[K\n");
  }

  @Test
  void summary_hasARowAScene_andTellsWhatDiffers() {
    List<String> lines = new Summary(plain).table(PLAYED, tally());

    assertThat(lines)
        .anyMatch(line -> line.matches("stolen phone +401 unknown_key +401 .* ok"))
        .anyMatch(line -> line.matches("offline door +503 door_offline +200 opened +NO"))
        .contains("1 of 2 as expected")
        .allMatch(line -> line.length() < 80);
  }

  @Test
  void whereNext_namesCommandsThatWorkAsPrinted() {
    Stage stage =
        new Stage(
            URI.create("http://127.0.0.1:8080"),
            URI.create("http://127.0.0.1:9090"),
            new Gateway("localhost", 8883),
            Path.of("pki"),
            (tenant, scope) -> "",
            15);

    assertThat(new Summary(plain).whereNext(stage, "a.b.c"))
        .contains("curl -s http://127.0.0.1:8080/.well-known/jwks.json", "TOKEN=a.b.c");
  }

  @Test
  void ordinaryDeliveries_stayBelowTheDoorsBound() {
    assertThat(OrdinaryDeliveries.perSecond(9, 15, Duration.ofSeconds(15)) * 15 / 9).isLessThan(15);
    assertThat(OrdinaryDeliveries.perSecond(9, 15, Duration.ofMinutes(10)) * 60 / 9).isLessThan(15);
    assertThat(OrdinaryDeliveries.perSecond(2_000, 15, Duration.ofSeconds(15))).isEqualTo(100);
  }

  private static Picture picture(long elapsedMs, String doors) {
    return new Picture(elapsedMs, 15_000, doors, tally(), 40, PLAYED);
  }

  private static Scoreboard.Tally tally() {
    return new Scoreboard.Tally(
        12,
        7,
        10,
        0,
        1,
        new Scoreboard.RoundTrip(1.5, 9.3, 12),
        List.of("door-8       503 door_offline"));
  }
}
