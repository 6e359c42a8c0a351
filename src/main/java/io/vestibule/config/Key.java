package io.vestibule.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue of configuration keys; docs/CONFIG.md is made from it. */
public enum Key {
  HTTP_HOST("http.host", Form.HOST, "0.0.0.0", "Address that the HTTP API listens on."),
  HTTP_PORT(
      "http.port", Form.PORT, "8080", "Port of the HTTP API. 0 takes any free port, for tests."),
  HTTP_TLS_PORT(
      "http.tls.port",
      Form.PORT_OR_OFF,
      "`off`; 8443 where a certificate is given",
      "Port of the HTTP API over TLS, beside `http.port`."),
  HTTP_TLS_CERTIFICATE(
      "http.tls.certificate", Form.FILE, "not set", "PEM file: the server's certificate chain."),
  HTTP_TLS_KEY(
      "http.tls.key", Form.FILE, "not set", "PEM file: the PKCS#8 key of that certificate."),
  HTTP_STREAMS_MAX(
      "http.streams-max",
      Form.STREAMS,
      "1000",
      "Open streams of audit records (`/events`, and `/audit` as NDJSON) on this gateway; more are answered `overloaded`."),
  MQTT_HOST("mqtt.host", Form.HOST, "0.0.0.0", "Address that doors connect to."),
  MQTT_TLS_PORT(
      "mqtt.tls.port",
      Form.PORT,
      "8883",
      "Port for MQTT over TLS. A door proves itself by a client certificate whose CN is its id."),
  MQTT_TLS_CERTIFICATE(
      "mqtt.tls.certificate", Form.FILE, "", "PEM file: the server's certificate chain."),
  MQTT_TLS_KEY("mqtt.tls.key", Form.FILE, "", "PEM file: the PKCS#8 key of that certificate."),
  MQTT_TLS_CLIENT_CA(
      "mqtt.tls.client-ca",
      Form.FILE,
      "",
      "PEM file: the CA, or several, that signed the doors' certificates."),
  MQTT_TLS_CRL(
      "mqtt.tls.crl",
      Form.FILE,
      "not set",
      "PEM file: the revoked certificates of that CA, or a list of each of several."),
  MQTT_PLAIN_PORT(
      "mqtt.plain.port",
      Form.PORT_OR_OFF,
      "off",
      "Port for MQTT without TLS, with the door's id and secret. Only inside a trusted network."),
  MANAGEMENT_HOST(
      "management.host", Form.HOST, "0.0.0.0", "Address that health and metrics listen on."),
  MANAGEMENT_PORT(
      "management.port",
      Form.PORT,
      "9090",
      "Port of `/health` and `/metrics`, which ask for no token. Only inside a trusted network."),
  REDIS_MODE("redis.mode", Form.REDIS_MODE, "standalone", "The kind of Redis deployment."),
  REDIS_ENDPOINTS(
      "redis.endpoints",
      Form.REDIS_ENDPOINT,
      "redis://127.0.0.1:6379",
      "Where Redis is: one endpoint when `standalone`, else as many as are known. Sentinels name the master as `redis://host:port?master=NAME`, `mymaster` if not."),
  REDIS_EMBEDDED(
      "redis.embedded",
      Form.TRUTH,
      "false",
      "Start a Redis in a process of its own, for trials; `redis.endpoints` is not used then."),
  STORE_DURABILITY(
      "store.durability",
      Form.DURABILITY,
      "primary",
      "Where a write must be before it counts: in the primary's memory, in that of one `replica` too, or on the primary's `disk`; see docs/DURABILITY.md. A cluster takes `primary` alone."),
  CACHE_MEBIBYTES_MAX(
      "cache.mebibytes-max",
      Form.MEBIBYTES,
      "128",
      "The most memory for doors, couriers and buildings that were read from Redis: 1 MiB holds some 2,500 of them."),
  CACHE_AGE_MAX(
      "cache.age-max",
      Form.AGE,
      "2s",
      "The oldest that a policy may be without a proof that Redis told every change to it. Past it each decision reads Redis."),
  AUTH_ISSUER("auth.issuer", Form.TEXT, "", "The `iss` that bearer tokens must carry."),
  AUTH_AUDIENCE("auth.audience", Form.TEXT, "", "The `aud` that bearer tokens must carry."),
  AUTH_JWKS(
      "auth.jwks", Form.FILE_OR_URL, "", "The issuer's public keys, as a JWK set (RFC 7517)."),
  SIGNING_KEY(
      "signing.key",
      Form.FILES,
      "",
      "PEM file, PKCS#8, Ed25519: signs commands to doors. A list rotates: the first signs, all"
          + " are published."),
  NODE_ID(
      "node.id",
      Form.IDENTIFIER,
      "the host name",
      "This gateway's name among others, for people: each start of a gateway is told apart even from one of the same name."),
  NODE_LEASE(
      "node.lease",
      Form.LEASE,
      "5s",
      "How long a gateway that fell silent counts as alive; past it its doors are offline. Renewed three times as often."),
  UNLOCK_DEADLINE(
      "unlock.deadline",
      Form.DEADLINE,
      "8s",
      "The longest that a courier waits for an answer. Longer than `unlock.ack-timeout`."),
  UNLOCK_ACK_TIMEOUT(
      "unlock.ack-timeout",
      Form.ACK_TIMEOUT,
      "5s",
      "The longest wait for a door's ack; past it the outcome is `unknown`."),
  UNLOCK_IN_FLIGHT_MAX(
      "unlock.in-flight-max",
      Form.IN_FLIGHT,
      "10000",
      "Attempts under way on this gateway at once; more are answered `overloaded`."),
  UNLOCK_RATE_PER_DOOR(
      "unlock.rate-per-door",
      Form.RATE,
      "15/m",
      "Visits claimed at one door in a stretch of time; more are answered `rate_limited`."),
  LOG_FORMAT(
      "log.format",
      Form.LOG_FORMAT,
      "text",
      "How the log is written to stderr, one line an event; see docs/LOGS.md."),
  LOG_LEVEL(
      "log.level",
      Form.LOG_LEVEL,
      "info",
      "The least that is logged. `debug` has a line for each unlock; libraries say no more for it."),
  TRACING_ENDPOINT(
      "tracing.endpoint",
      Form.COLLECTOR,
      "not set",
      "The collector that takes the spans of unlocks, by OTLP over HTTP, with its path: most often `/v1/traces`. Not set, nothing is traced."),
  TRACING_RATIO(
      "tracing.ratio",
      Form.RATIO,
      "0.01",
      "The share of unlock requests that are traced. A `traceparent` header decides instead: not sampled means not traced, sampled means traced, up to 20 such requests a second.");

  private static final String ENVIRONMENT_PREFIX = "VESTIBULE_";
  private static final Map<String, Key> BY_DOTTED =
      Stream.of(values()).collect(Collectors.toMap(Key::dotted, Function.identity()));
  private static final Map<String, Key> BY_ENVIRONMENT =
      Stream.of(values()).collect(Collectors.toMap(Key::environment, Function.identity()));

  private final String dotted;
  private final Form<?> form;
  private final String fallback;
  private final String description;

  Key(String dotted, Form<?> form, String fallback, String description) {
    this.dotted = dotted;
    this.form = form;
    this.fallback = fallback;
    this.description = description;
  }

  /** Its name in the file: {@code http.tls.port}. */
  public String dotted() {
    return dotted;
  }

  /** Its name in the environment: {@code VESTIBULE_HTTP_TLS_PORT}. */
  public String environment() {
    return ENVIRONMENT_PREFIX + dotted.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** What a legal value is, as the object of "expected". */
  public String expectation() {
    return form.expectation();
  }

  /** What counts when nothing is given, for a reader; empty where a value is required. */
  public String fallback() {
    return fallback;
  }

  public String description() {
    return description;
  }

  /** Whether there may be several values: a YAML list, or commas in the environment. */
  boolean list() {
    return form.list();
  }

  Form<?> form() {
    return form;
  }

  /** The default as a value that the form can parse; empty where there is none. */
  Optional<String> fallbackValue() {
    // What a document calls a file's default is no path.
    return Optional.of(fallback)
        .filter(text -> form.type() != Path.class && form.parse(text).isPresent());
  }

  static Optional<Key> named(String dotted) {
    return Optional.ofNullable(BY_DOTTED.get(dotted));
  }

  static Optional<Key> ofEnvironment(String variable) {
    return Optional.ofNullable(BY_ENVIRONMENT.get(variable));
  }
}
