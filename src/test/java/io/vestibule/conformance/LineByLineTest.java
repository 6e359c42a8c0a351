package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The comparison finds each way in which what was seen and what is on record can differ. */
final class LineByLineTest {
  private static final LineByLine.Witness SAW =
      new LineByLine.Witness(
          "d1", "b1", List.of("u1"), Map.of("u1", List.of("opened", "opened")), List.of(1L, 2L));
  private static final List<JsonNode> LOG =
      List.of(
          unlock("granted", "u1"),
          unlock("opened", "u1"),
          event(1),
          unlock("granted", "u2"),
          unlock("refused", "u2"),
          event(2));

  @Test
  void whatAgrees_hasNoDifference() {
    assertThat(LineByLine.differences(List.of(SAW), LOG)).isEmpty();
  }

  @Test
  void aLostOutcome_aLostClaim_andASecondOutcome_areDifferences() {
    assertThat(differences(without(1))).anyMatch(line -> line.contains("u1 is recorded as"));
    assertThat(differences(without(0))).anyMatch(line -> line.contains("u1 is recorded as"));
    assertThat(differences(with(unlock("unknown", "u1"))))
        .anyMatch(line -> line.contains("u1 is recorded as"));
  }

  @Test
  void aLostEvent_aRepeatedOne_andOnesOutOfOrder_areDifferences() {
    assertThat(differences(without(2))).singleElement().asString().contains("recorded are [2]");
    assertThat(differences(with(event(2)))).singleElement().asString().contains("[1, 2, 2]");
    List<JsonNode> turned = new ArrayList<>(without(2));
    turned.add(event(1));
    assertThat(differences(turned)).singleElement().asString().contains("recorded are [2, 1]");
  }

  @Test
  void anOpeningThatNoDoorMade_andOneThatIsNotOnRecord_areDifferences() {
    assertThat(LineByLine.differences(List.of(saw(List.of(), Map.of())), LOG))
        .singleElement()
        .asString()
        .contains("no door was commanded");
    assertThat(LineByLine.differences(List.of(saw(List.of("u1", "u2"), Map.of())), LOG))
        .singleElement()
        .asString()
        .startsWith("u2 opened a door");
  }

  @Test
  void aSecondCommand_andAnAnswerUnlikeTheRecord_areDifferences() {
    assertThat(LineByLine.differences(List.of(saw(List.of("u1", "u1"), Map.of())), LOG))
        .singleElement()
        .asString()
        .startsWith("u1 was commanded at [d1, d1]");
    Map<String, List<String>> told = Map.of("u1", List.of("unknown"));
    assertThat(LineByLine.differences(List.of(saw(List.of("u1"), told)), LOG))
        .singleElement()
        .asString()
        .startsWith("u1 was answered [unknown]");
  }

  private static LineByLine.Witness saw(List<String> commands, Map<String, List<String>> answers) {
    return new LineByLine.Witness("d1", "b1", commands, answers, List.of(1L, 2L));
  }

  private static List<String> differences(List<JsonNode> log) {
    return LineByLine.differences(List.of(SAW), log);
  }

  private static List<JsonNode> without(int index) {
    List<JsonNode> log = new ArrayList<>(LOG);
    log.remove(index);
    return log;
  }

  private static List<JsonNode> with(JsonNode record) {
    List<JsonNode> log = new ArrayList<>(LOG);
    log.add(record);
    return log;
  }

  private static JsonNode unlock(String type, String unlock) {
    ObjectNode record = Json.object().put("type", "vestibule.unlock." + type);
    record.putObject("data").put("unlock", unlock);
    return record;
  }

  private static JsonNode event(long seq) {
    ObjectNode record = Json.object().put("type", "vestibule.door.closed");
    record.putObject("data").put("boot", "b1").put("seq", seq);
    return record;
  }
}
