package io.vestibule.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.util.Optional;

/** An HTTP answer of the gateway; a body that is not JSON reads as an empty object. */
record Reply(int status, JsonNode body, Optional<String> location, boolean idempotentReplayed) {
  static Reply of(HttpClientResponse response, Buffer body) {
    return new Reply(
        response.statusCode(),
        json(body),
        Optional.ofNullable(response.getHeader("Location")),
        "true".equals(response.getHeader("Idempotent-Replayed")));
  }

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  Fields fields() {
    return Fields.of(body, new Faults());
  }

  private static JsonNode json(Buffer body) {
    try {
      return body.length() == 0 ? Json.object() : Json.read(body.getBytes());
    } catch (MalformedJson e) {
      return Json.object();
    }
  }
}
