package io.vestibule.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.json.MalformedJson;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The issuer's keys, read from a file or a URL and read again as they change. */
@AnyThread
final class Jwks {
  private static final Logger LOG = LoggerFactory.getLogger(Jwks.class);
  private static final Duration REFRESH_EVERY = Duration.ofMinutes(5);
  // An unknown kid may be a key just published or an attack: it may cost one read in this time.
  private static final Duration REFRESH_PAUSE = Duration.ofSeconds(10);
  private static final Duration FETCH_DEADLINE = Duration.ofSeconds(5);
  private static final int BYTES_MAX = 256 * 1024;

  private final Vertx vertx;
  private final String location;
  private final Time time;
  private final HttpClient client;
  private final AtomicReference<Read> latest;
  private volatile BearerKeys keys;
  private volatile BearerAuth.KeysRead read;
  private final long timerId;

  /** A reading of the keys: when it began, and what came of it. */
  private record Read(long startedNanos, Future<BearerKeys> keys) {}

  private Jwks(Vertx vertx, String location, Time time, Fetched fetched) {
    this.vertx = vertx;
    this.location = location;
    this.time = time;
    this.client = fetched.client();
    this.keys = fetched.keys();
    this.read = new BearerAuth.KeysRead(time.now(), false);
    long longAgo = time.nanoTime() - REFRESH_PAUSE.toNanos();
    this.latest = new AtomicReference<>(new Read(longAgo, Future.succeededFuture(keys)));
    this.timerId = vertx.setPeriodic(REFRESH_EVERY.toMillis(), timer -> refresh());
  }

  private record Fetched(HttpClient client, BearerKeys keys) {}

  /** Fails with {@link NotStarted} naming the location when it holds no usable key. */
  static Future<Jwks> open(Vertx vertx, String location, Time time) {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) FETCH_DEADLINE.toMillis())
                .setMaxHeaderSize(8192)
                .setDecompressionSupported(false));
    return fetch(vertx, client, location)
        .compose(
            keys ->
                keys.none()
                    ? Future.failedFuture(new IllegalArgumentException("no usable public key"))
                    : Future.succeededFuture(keys))
        .map(keys -> new Jwks(vertx, location, time, new Fetched(client, keys)))
        .recover(cause -> Future.failedFuture(NotStarted.because("auth.jwks " + location, cause)));
  }

  BearerKeys keys() {
    return keys;
  }

  BearerAuth.KeysRead read() {
    return read;
  }

  /**
   * The keys as they stand now, or stood when last asked a moment ago; never fails. Completes on
   * the caller's context.
   */
  Future<BearerKeys> refreshed() {
    Read read = latest();
    return here(
        time.nanoTime() - read.startedNanos() < REFRESH_PAUSE.toNanos() ? read.keys() : refresh());
  }

  void close() {
    vertx.cancelTimer(timerId);
    client
        .close()
        .onFailure(cause -> LOG.debug("JWKS client did not close: {}", cause.getMessage()));
  }

  private Future<BearerKeys> refresh() {
    Read before = latest();
    Promise<BearerKeys> promise = Promise.promise();
    if (!latest.compareAndSet(before, new Read(time.nanoTime(), promise.future()))) {
      return latest().keys();
    }
    fetch(vertx, client, location)
        .onSuccess(this::replace)
        .onFailure(this::keep)
        .onComplete(ended -> promise.complete(keys));
    return promise.future();
  }

  private void replace(BearerKeys fetched) {
    keys = fetched;
    read = new BearerAuth.KeysRead(time.now(), false);
  }

  private void keep(Throwable cause) {
    LOG.warn("auth.jwks {}: {}", location, NotStarted.text(cause));
    read = new BearerAuth.KeysRead(read.at(), true);
  }

  private Read latest() {
    return Objects.requireNonNull(latest.get());
  }

  private static Future<BearerKeys> fetch(Vertx vertx, HttpClient client, String location) {
    Future<Buffer> bytes =
        location.startsWith("https://") || location.startsWith("http://")
            ? get(client, location)
            : vertx.fileSystem().readFile(location);
    return bytes
        .timeout(FETCH_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .compose(read -> parse(vertx, read));
  }

  private static Future<Buffer> get(HttpClient client, String url) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url)
            .setFollowRedirects(false)
            .setTimeout(FETCH_DEADLINE.toMillis())
            .putHeader("Accept", "application/jwk-set+json, application/json");
    return client.request(options).compose(HttpClientRequest::send).compose(Jwks::body);
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      // Somebody must hear of the reset, or the library logs it as an error.
      response.exceptionHandler(reset -> {});
      response.request().reset();
      return Future.failedFuture(new IllegalArgumentException("status " + response.statusCode()));
    }
    return Body.collect(response, BYTES_MAX).onFailure(cause -> response.request().reset());
  }

  private static Future<BearerKeys> parse(Vertx vertx, Buffer bytes) {
    try {
      return Future.succeededFuture(BearerKeys.parse(vertx, bytes.getBytes()));
    } catch (MalformedJson e) {
      return Future.failedFuture(e);
    }
  }

  private Future<BearerKeys> here(Future<BearerKeys> anywhere) {
    Promise<BearerKeys> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
    anywhere.onComplete(promise);
    return promise.future();
  }
}
