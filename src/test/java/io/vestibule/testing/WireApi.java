package io.vestibule.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vestibule.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The HTTP API as a foreign client sees it. */
public final class WireApi {
  public static final String ISSUER = "https://issuer.example";
  public static final String AUDIENCE = "vestibule-test";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String token;

  private WireApi(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** An answer with its body as JSON; an empty body reads as an empty object. */
  public record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    public String text(String member) {
      return body.path(member).asText();
    }

    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  /** Issues tokens with a key of its own. */
  public static final class Issuer {
    private final ECKey key;

    public Issuer() throws Exception {
      key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    }

    public Path writeJwks(Path file) throws Exception {
      return Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
    }

    public String token(String tenant, String scope) throws Exception {
      JWTClaimsSet claims =
          new JWTClaimsSet.Builder()
              .issuer(ISSUER)
              .audience(AUDIENCE)
              .expirationTime(Date.from(Instant.now().plusSeconds(600)))
              .claim("scope", scope)
              .claim("tenant", tenant)
              .build();
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    }
  }

  public static WireApi at(int port, String token) {
    return new WireApi(URI.create("http://127.0.0.1:" + port), token);
  }

  public Answer get(String path) throws Exception {
    return send(request(path).GET());
  }

  /** The lines of an answer of 200 as they come; to be closed. */
  public Stream<String> lines(String path, String accept) throws Exception {
    HttpResponse<Stream<String>> answer =
        client.send(
            request(path).header("Accept", accept).GET().build(),
            HttpResponse.BodyHandlers.ofLines());
    if (answer.statusCode() != 200) {
      throw new AssertionError("status " + answer.statusCode());
    }
    return answer.body();
  }

  public Answer delete(String path) throws Exception {
    return send(request(path).DELETE());
  }

  public Answer put(String path, String json) throws Exception {
    return send(json(path).PUT(HttpRequest.BodyPublishers.ofString(json)));
  }

  public Answer post(String path, String json) throws Exception {
    return send(json(path).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** The same body under the same key is the same request. */
  public Answer postOnce(String path, String json, String idempotencyKey) throws Exception {
    return send(
        json(path)
            .header("Idempotency-Key", idempotencyKey)
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  public Answer unlock(String door, String jws) throws Exception {
    return read(
        client.send(unlockRequest(door, jws).build(), HttpResponse.BodyHandlers.ofString()));
  }

  public Answer unlockAsync(String door, String jws) throws Exception {
    return read(
        client.send(
            unlockRequest(door, jws).header("Prefer", "respond-async").build(),
            HttpResponse.BodyHandlers.ofString()));
  }

  /** Without waiting; each {@code WireApi} has connections of its own. */
  public CompletableFuture<Answer> unlocking(String door, String jws) {
    return client
        .sendAsync(unlockRequest(door, jws).build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(WireApi::read);
  }

  private HttpRequest.Builder unlockRequest(String door, String jws) {
    return HttpRequest.newBuilder(base.resolve("/v1/doors/" + door + "/unlock"))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/jose")
        .POST(HttpRequest.BodyPublishers.ofString(jws));
  }

  private HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) throws Exception {
    return read(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  private static Answer read(HttpResponse<String> response) {
    try {
      String body = response.body().isEmpty() ? "{}" : response.body();
      return new Answer(response.statusCode(), Json.read(body), response);
    } catch (io.vestibule.json.MalformedJson e) {
      throw new AssertionError(response.statusCode() + ": " + response.body(), e);
    }
  }
}
