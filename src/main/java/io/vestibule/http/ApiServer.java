package io.vestibule.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Loop;
import io.vestibule.config.HttpConfig;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import java.net.BindException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP API on all its event loops: one server a loop and port, all sharing the ports. */
@AnyThread
public final class ApiServer {
  // Vert.x has servers share a port that the system chooses if they ask by the same negative name.
  private static final AtomicInteger CHOSEN_PORT_NAMES = new AtomicInteger();

  private final Vertx vertx;
  private final HttpConfig config;
  private final Api api;
  private final Limits limits;
  private final BoundedHandshakes handshakes;
  private final Queue<Connections> connections = new ConcurrentLinkedQueue<>();
  private final Streams streams;
  private final Requests requests;
  private final int chosenPortName = -2 * CHOSEN_PORT_NAMES.incrementAndGet();
  private final Queue<HttpServer> plain = new ConcurrentLinkedQueue<>();
  private final Queue<HttpServer> secure = new ConcurrentLinkedQueue<>();
  private volatile boolean listening;

  public ApiServer(Vertx vertx, HttpConfig config, Api api, Limits limits) {
    this.vertx = vertx;
    this.config = config;
    this.api = api;
    this.limits = limits;
    Meters meters = api.edge().meters();
    this.handshakes =
        new BoundedHandshakes(
            limits.handshakeCountMax(), meters.tally(Count.HTTP_CONNECTIONS_REFUSED));
    this.streams = new Streams(api.log().limits().countMax(), meters);
    this.requests = new Requests(meters, api.edge().time());
    meters.gauge(Gauge.HTTP_CONNECTIONS, this::connectionCount);
  }

  /** Listens on all loops; fails with {@link NotStarted} naming the address or the files. */
  public Future<Void> start() {
    return readable()
        .compose(
            checked ->
                vertx.deployVerticle(
                    () -> new ApiVerticle(this),
                    new DeploymentOptions().setInstances(limits.instanceCount())))
        .onSuccess(id -> listening = true)
        .mapEmpty();
  }

  /** Whether new connections are taken. */
  public boolean listening() {
    return listening;
  }

  /** The port that is bound, also where 0 was configured. */
  public int port() {
    return boundPort(plain);
  }

  /** The TLS port that is bound; 0 without TLS. */
  public int tlsPort() {
    return boundPort(secure);
  }

  /**
   * Takes no new connection, ends streams at once, lets requests under way finish within {@code
   * drain}, then closes what is left. Completes when all is closed.
   */
  public Future<Void> stopAccepting(Duration drain) {
    listening = false;
    streams.drain();
    List<Future<Void>> ends =
        java.util.stream.Stream.concat(plain.stream(), secure.stream())
            .map(server -> server.shutdown(drain.toMillis(), TimeUnit.MILLISECONDS))
            .toList();
    return Future.join(ends).mapEmpty();
  }

  /** Closes all connections now. */
  public Future<Void> close() {
    return stopAccepting(Duration.ZERO);
  }

  /** Runs on each instance's own loop. */
  Future<Void> listen(Vertx here) {
    Connections own =
        new Connections(
            Loop.current(),
            limits.connectionCountMaxOfOne(),
            api.edge().meters().tally(Count.HTTP_CONNECTIONS_REFUSED));
    connections.add(own);
    Future<HttpServer> listening =
        listen(here, own, Listening.plain(), asked(config.port(), chosenPortName))
            .onSuccess(plain::add)
            .recover(cause -> refuse("http.port " + config.host() + ":" + config.port(), cause));
    return listening
        .compose(
            server ->
                config
                    .tls()
                    .map(tls -> listenTls(here, own, tls))
                    .orElseGet(() -> Future.succeededFuture(server)))
        .mapEmpty();
  }

  private Future<HttpServer> listenTls(Vertx here, Connections own, HttpConfig.Tls tls) {
    return listen(here, own, Listening.tls(tls, handshakes), asked(tls.port(), chosenPortName + 1))
        .onSuccess(secure::add)
        .recover(
            cause ->
                refuse(
                    cause instanceof BindException
                        ? "http.tls.port " + config.host() + ":" + tls.port()
                        : "http.tls.certificate " + tls.certificate() + ", key " + tls.key(),
                    cause));
  }

  private Future<HttpServer> listen(
      Vertx here, Connections own, HttpServerOptions options, int port) {
    Router router = Routes.router(here, api, limits, streams);
    return here.createHttpServer(options)
        .requestHandler(
            request -> {
              own.asked(request);
              router.handle(request);
            })
        .invalidRequestHandler(this::invalid)
        .connectionHandler(own::opened)
        .exceptionHandler(ApiVerticle::connectionFailed)
        .listen(port, config.host());
  }

  private static int asked(int port, int chosenPortName) {
    return port == 0 ? chosenPortName : port;
  }

  private int connectionCount() {
    return connections.stream().mapToInt(Connections::count).sum();
  }

  private void invalid(HttpServerRequest request) {
    Exchange exchange = requests.invalid();
    Gate.invalid(request);
    exchange.answered(request.response().getStatusCode());
  }

  /** The library's own failure does not name the file. */
  private Future<Void> readable() {
    if (config.tls().isEmpty()) {
      return Future.succeededFuture();
    }
    HttpConfig.Tls tls = config.tls().get();
    String certificate = tls.certificate().toString();
    String key = tls.key().toString();
    return vertx
        .fileSystem()
        .readFile(certificate)
        .recover(cause -> refuse("http.tls.certificate " + certificate, cause))
        .compose(
            read ->
                vertx
                    .fileSystem()
                    .readFile(key)
                    .recover(cause -> refuse("http.tls.key " + key, cause))
                    .compose(keyRead -> expiry(certificate, read)));
  }

  private Future<Void> expiry(String file, Buffer pem) {
    try {
      Instant at = ServerCertificate.expiry(pem);
      api.edge().meters().gauge(Gauge.CERTIFICATE_EXPIRY, at::getEpochSecond, "http_server");
      return Future.succeededFuture();
    } catch (CertificateException e) {
      return refuse("http.tls.certificate " + file, e);
    }
  }

  private static <T> Future<T> refuse(String what, Throwable cause) {
    return Future.failedFuture(NotStarted.because(what, cause));
  }

  private static int boundPort(Queue<HttpServer> servers) {
    HttpServer first = servers.peek();
    return first == null ? 0 : first.actualPort();
  }
}
