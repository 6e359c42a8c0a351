package io.vestibule.signing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import java.util.List;

/** Writes the document that publishes keys (RFC 7517, section 5). */
public final class Jwks {
  private Jwks() {}

  public static ObjectNode document(List<VerificationKey> keys) {
    ObjectNode document = Json.object();
    ArrayNode array = document.putArray("keys");
    for (VerificationKey key : keys) {
      array.add(key.toJwk());
    }
    return document;
  }
}
