package io.vestibule.load.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What the gateway answered. */
public record HttpAnswer(int status, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** {@code opened} of an unlock, the reason of a refusal. */
  public String outcome() throws IOException {
    JsonNode json = JSON.readTree(body);
    return json.path(status == 200 ? "state" : "reason").asText("HTTP " + status);
  }
}
