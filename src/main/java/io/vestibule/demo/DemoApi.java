package io.vestibule.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vestibule.json.Json;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** The gateway's HTTP API as a backend or a courier's app sees it. */
final class DemoApi {
  /** A crowd's size: so many requests on their way at a time. */
  static final int CONNECTION_COUNT = 20;

  // Longer than the gateway's own deadline, so that its answer is what is seen.
  private static final long ANSWER_TIMEOUT_MS = 15_000;
  private static final int WAITING_COUNT_MAX = 10_000;

  private final HttpClient client;
  private final URI base;

  DemoApi(Vertx vertx, URI base) {
    this.base = base;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions(),
            new PoolOptions()
                .setHttp1MaxSize(CONNECTION_COUNT)
                .setMaxWaitQueueSize(WAITING_COUNT_MAX));
  }

  Future<Reply> get(String path, String token) {
    return call(HttpMethod.GET, path, token, Buffer.buffer());
  }

  Future<Reply> delete(String path, String token) {
    return call(HttpMethod.DELETE, path, token, Buffer.buffer());
  }

  Future<Reply> put(String path, String token, JsonNode body) {
    return call(HttpMethod.PUT, path, token, Buffer.buffer(Json.write(body)));
  }

  Future<Reply> post(String path, String token, JsonNode body) {
    return call(HttpMethod.POST, path, token, Buffer.buffer(Json.write(body)));
  }

  Future<Reply> unlock(String door, String jws) {
    return send(unlockOf(door), Buffer.buffer(jws));
  }

  /** The answer is to be fetched later. */
  Future<Reply> unlockAndLeave(String door, String jws) {
    return send(unlockOf(door).putHeader("Prefer", "respond-async"), Buffer.buffer(jws));
  }

  Future<Void> close() {
    return client.close();
  }

  private RequestOptions unlockOf(String door) {
    return request(HttpMethod.POST, "/v1/doors/" + door + "/unlock")
        .putHeader("Content-Type", "application/jose");
  }

  private Future<Reply> call(HttpMethod method, String path, String token, Buffer body) {
    RequestOptions request = request(method, path).putHeader("Authorization", "Bearer " + token);
    if (body.length() > 0) {
      request.putHeader("Content-Type", "application/json");
    }
    return send(request, body);
  }

  private RequestOptions request(HttpMethod method, String path) {
    return new RequestOptions()
        .setMethod(method)
        .setHost(base.getHost())
        .setPort(base.getPort())
        .setSsl("https".equals(base.getScheme()))
        .setURI(path)
        .putHeader("Accept", "application/json");
  }

  private Future<Reply> send(RequestOptions options, Buffer body) {
    return client
        .request(options)
        .compose(request -> exchange(request, body))
        .compose(response -> response.body().map(bytes -> Reply.of(response, bytes)))
        .timeout(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS);
  }

  private static Future<HttpClientResponse> exchange(HttpClientRequest request, Buffer body) {
    return body.length() == 0 ? request.send() : request.send(body);
  }
}
