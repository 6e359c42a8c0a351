package io.vestibule.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RefusalTest {
  @Test
  void aRefusal_isStatusReasonAndWhatToDo_inOneLine() {
    assertThat(line(403, "{\"reason\":\"forbidden\",\"detail\":\"scope\\nis missing\"}"))
        .isEqualTo(
            "PUT /v1/doors/door-1 was answered 403 forbidden (scope is missing): the token may not do that; it"
                + " must be of scope operator");
    assertThat(line(401, "{\"title\":\"Unauthorized\"}"))
        .contains("401 Unauthorized", "vestibule.jar token");
    assertThat(line(404, "{\"reason\":\"not_found\"}")).contains("404 not_found");
    assertThat(line(409, "{\"reason\":\"conflict\"}")).contains("a store of its own");
    assertThat(line(503, "{\"reason\":\"store_unavailable\"}")).contains("once it is ready");
    assertThat(line(500, "{}")).contains("see its log");
    assertThat(line(400, "{\"reason\":\"malformed\"}")).contains("not of one version");
  }

  @Test
  void whatIsNoProblemDocument_isWithoutAReason() {
    assertThat(line(502, "<html>")).contains("502 without a reason");
    assertThat(line(502, "")).contains("502 without a reason");
  }

  private static String line(int status, String body) {
    String line = Refusal.line("PUT /v1/doors/door-1", status, body);
    assertThat(line.lines()).hasSize(1);
    return line;
  }
}
