package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The issuer's public keys as they were last read; at most 100. */
@AnyThread
final class BearerKeys {
  private static final int COUNT_MAX = 100;

  private final List<BearerKey> keys;

  private BearerKeys(List<BearerKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Of a JWK set (RFC 7517); a key that cannot verify a bearer token is passed over. */
  static BearerKeys parse(Vertx vertx, byte[] jwks) throws MalformedJson {
    JsonNode entries = Json.read(jwks).path("keys");
    List<BearerKey> keys = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (keys.size() < COUNT_MAX) {
        BearerKey.parse(vertx, entry).ifPresent(keys::add);
      }
    }
    return new BearerKeys(keys);
  }

  boolean none() {
    return keys.isEmpty();
  }

  /** The one key that the token can be verified with; empty when none fits, or several. */
  Optional<BearerKey> find(BearerToken token) {
    List<BearerKey> fitting =
        keys.stream().filter(key -> key.fits(token.algorithm(), token.kid())).toList();
    return fitting.size() == 1
        ? Optional.of(fitting.get(0))
        : fitting.stream().filter(key -> key.named(token.kid())).findFirst();
  }
}
