package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.json.ObjectText;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is answered with; an empty body is none. */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
  static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", Json.write(body), Map.of());
  }

  static Reply json(int status, ObjectText body) {
    return new Reply(status, "application/json", body.toString(), Map.of());
  }

  /** Stands for an answer that was begun on its own and goes on: {@link Call#begin}. */
  static Reply underWay() {
    return new Reply(0, "", "", Map.of());
  }

  boolean isUnderWay() {
    return status == 0;
  }

  static Reply noContent() {
    return new Reply(204, "", "", Map.of());
  }

  Reply withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, contentType, body, more);
  }
}
