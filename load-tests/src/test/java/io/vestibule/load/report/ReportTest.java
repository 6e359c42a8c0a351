package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final Instant FROM = Instant.parse("2026-11-22T23:59:00.5Z");
  private static final Figure.Subject SUBJECT = new Figure.Subject("Times", "node a");
  private static final Figure LATE = SUBJECT.figure("p99", "ms", 12.5, Bound.timing(10));
  private static final Figure NONE = SUBJECT.figure("max", "ms", Double.NaN);

  @Test
  void theFile_isNamedByDateAndScenario_andSaysWhereEachFigureComesFrom(@TempDir Path directory)
      throws Exception {
    Path file = report(3, LATE, NONE).write(directory.resolve("results"));

    JsonNode json =
        new ObjectMapper()
            .readTree(directory.resolve("results/2026-11-22-revocation.json").toFile());
    assertThat(file.getFileName()).hasToString("2026-11-22-revocation.html");
    assertThat(file).content().startsWith("<!DOCTYPE html>");
    assertThat(json.path("verdict").asText()).isEqualTo("missed");
    assertThat(json.path("seconds").asInt()).isEqualTo(90);
    assertThat(json.path("command").asText()).isEqualTo("load-tests/run revocation");
    assertThat(json.at("/commit/id").asText()).isEqualTo("abc");
    assertThat(json.at("/commit/dirty").asBoolean()).isTrue();
    assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
    assertThat(json.at("/programs/0/name").asText()).isEqualTo("node-a");
    assertThat(json.path("pausesAbove10Ms").asInt()).isEqualTo(4);
    assertThat(json.path("standstillPercent").asDouble()).isEqualTo(1.75);
    assertThat(json.path("worstStandstillMs").asDouble()).isEqualTo(8.2);
    assertThat(json.at("/figures/0/value").asDouble()).isEqualTo(12.5);
    assertThat(json.at("/figures/0/max").asDouble()).isEqualTo(10);
    assertThat(json.at("/figures/0/verdict").asText()).isEqualTo("missed");
    assertThat(json.at("/figures/1/value").isNull()).isTrue();
    assertThat(json.at("/figures/1/verdict").asText()).isEqualTo("unbounded");
    assertThat(Files.readString(directory.resolve("results/2026-11-22-revocation.txt")))
        .contains("node a", "MISSED: Times: node a: p99 12.5", "with changes")
        .contains("it stood still for 1.8 % of the time, at worst for 8.2 ms");
  }

  @Test
  void whatLeavesSomethingOut_takesThePlaceOfNoWholeReport(@TempDir Path directory)
      throws Exception {
    Path inPart = inPart().write(directory);
    Path whole = report(1, NONE).write(directory);

    assertThat(inPart).isEqualTo(whole).hasFileName("2026-11-22-revocation.html");
    assertThat(inPart().write(directory)).hasFileName("2026-11-22-revocation-in-part.html");
    assertThat(report(1, NONE).write(directory)).isEqualTo(whole);
    assertThat(directory.resolve("2026-11-22-revocation.txt")).content().doesNotContain("NOTE");
  }

  @Test
  void aDisturbedRun_saysSoAtTheTop() {
    assertThat(report(51, NONE).text()).startsWith("NOTE: this machine paused for 51 ms");
    assertThat(report(49, NONE).text())
        .startsWith("Times")
        .contains("worst 49.0 ms, 4 above 10 ms");
  }

  @Test
  void aBound_isNamedByItsSide_inJson() {
    Figure slow = SUBJECT.figure("rate", "/s", 7_000, Bound.timingAtLeast(8_000));

    JsonNode figure = new JsonReport(report(1, slow)).json().at("/figures/0");

    assertThat(figure.path("min").asDouble()).isEqualTo(8_000);
    assertThat(figure.has("max")).isFalse();
  }

  @Test
  void aReport_isOkUnlessABoundIsMissed() {
    assertThat(report(1, NONE).ok()).isTrue();
    assertThat(report(1, NONE, LATE).ok()).isFalse();
  }

  private static Report inPart() {
    return report(1, new Result(List.of(NONE), List.of(), List.of("the peer")));
  }

  private static Report report(double worstPauseMs, Figure... figures) {
    return report(worstPauseMs, Result.of(List.of(figures)));
  }

  private static Report report(double worstPauseMs, Result result) {
    return new Report(
        "revocation",
        new Report.Span(
            FROM, FROM.plusSeconds(90), new Standstill(1.75, 8.2), new Pauses(worstPauseMs, 4)),
        new Provenance(
            new Provenance.Machine("cpu", 2, 23.5, "Linux"),
            "jvm 17",
            List.of(new Provenance.Program("node-a", "java -jar vestibule.jar serve")),
            new Provenance.Commit("abc", true),
            "load-tests/run revocation"),
        result,
        new Judge(false));
  }
}
