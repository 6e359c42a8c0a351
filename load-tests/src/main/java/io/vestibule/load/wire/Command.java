package io.vestibule.load.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;

/** What a gateway tells a door to do, and which door, read from the JWS and not verified. */
public record Command(String unlock, String door) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Command read(String jws) throws IOException {
    byte[] claims = Base64.getUrlDecoder().decode(jws.split("\\.")[1]);
    JsonNode json = JSON.readTree(claims);
    return new Command(json.path("jti").asText(), json.path("aud").asText());
  }

  /** The ack's payload; the result is {@code opened}, {@code refused} or {@code failed}. */
  public String ack(String result) {
    return "{\"command\":\"%s\",\"result\":\"%s\",\"at\":%d}"
        .formatted(unlock, result, System.currentTimeMillis());
  }
}
