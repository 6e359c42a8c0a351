package io.vestibule.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.signing.VerificationKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The gateway's published command-signing keys, by key id. */
public final class CommandKeys {
  private static final int KEY_COUNT_MAX = 16;
  private static final long FETCH_TIMEOUT_MS = 5_000;

  private final Map<String, VerificationKey> byId;

  private CommandKeys(Map<String, VerificationKey> byId) {
    this.byId = byId;
  }

  public static CommandKeys of(List<VerificationKey> keys) {
    return new CommandKeys(
        keys.stream().collect(Collectors.toUnmodifiableMap(VerificationKey::kid, key -> key)));
  }

  /**
   * Reads a JWKS (RFC 7517); keys of other kinds are passed over.
   *
   * @throws IllegalArgumentException in words for the terminal when there is no key to verify with
   *     in it
   */
  public static CommandKeys parse(byte[] jwks) {
    List<VerificationKey> keys = new ArrayList<>();
    for (JsonNode jwk : document(jwks).path("keys")) {
      VerificationKey.fromJwk(jwk)
          .<Optional<VerificationKey>>match(
              accepted -> Optional.of(accepted.key()), refused -> Optional.empty())
          .ifPresent(keys::add);
    }
    if (keys.isEmpty() || keys.size() > KEY_COUNT_MAX) {
      throw new IllegalArgumentException("no JWKS with 1 to " + KEY_COUNT_MAX + " usable keys");
    }
    return of(keys);
  }

  /** From a file, or from an http(s) URL; fails with a message for the terminal. */
  public static Future<CommandKeys> load(Vertx vertx, String fileOrUrl) {
    Future<Buffer> bytes =
        fileOrUrl.startsWith("http://") || fileOrUrl.startsWith("https://")
            ? fetch(vertx, fileOrUrl)
            : vertx.fileSystem().readFile(fileOrUrl);
    return bytes.map(jwks -> parse(jwks.getBytes()));
  }

  Optional<VerificationKey> byId(String kid) {
    return Optional.ofNullable(byId.get(kid));
  }

  private static JsonNode document(byte[] jwks) {
    try {
      return Json.read(jwks);
    } catch (MalformedJson e) {
      throw new IllegalArgumentException("not a JWKS: " + e.getMessage(), e);
    }
  }

  private static Future<Buffer> fetch(Vertx vertx, String url) {
    HttpClient client = vertx.createHttpClient();
    return client
        .request(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url))
        .compose(HttpClientRequest::send)
        .compose(CommandKeys::body)
        .timeout(FETCH_TIMEOUT_MS, TimeUnit.MILLISECONDS)
        .eventually(client::close);
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    return response.statusCode() == 200
        ? response.body()
        : Future.failedFuture("the JWKS URL answered " + response.statusCode());
  }
}
