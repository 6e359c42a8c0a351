package io.vestibule.config;

import static java.util.Objects.requireNonNullElse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Reads the configuration from a YAML file and the environment, which wins, and refuses it with all
 * faults at once. Files that it names are looked into, so that it blocks.
 */
public final class ConfigReader {
  private static final int HTTP_TLS_PORT_DEFAULT = 8443;
  private static final long BYTES_PER_MEBIBYTE = 1024L * 1024;
  private static final int NODE_ID_LENGTH_MAX = 64;

  private final Map<String, String> environment;
  private final Supplier<String> hostName;

  /** Reads this process' own environment and host name. */
  public ConfigReader() {
    this(System.getenv(), ConfigReader::machineName);
  }

  /** {@code hostName} is asked only where {@code node.id} is not given. */
  public ConfigReader(Map<String, String> environment, Supplier<String> hostName) {
    this.environment = Map.copyOf(environment);
    this.hostName = hostName;
  }

  /** Relative paths in the file start from its directory, in the environment from the process'. */
  public Config read(Optional<Path> file) throws ConfigFaults {
    FaultList faults = new FaultList();
    Settings settings = settings(file, faults);
    new Consistency(settings).check();
    new NamedFiles(settings).check();
    faults.throwIfAny();
    return config(settings);
  }

  /**
   * Where a gateway that runs already is asked how it does. Only faults of that address count: the
   * rest may have changed since it read it.
   */
  public ManagementConfig readManagement(Optional<Path> file) throws ConfigFaults {
    FaultList faults = new FaultList();
    Settings settings = settings(file, faults);
    faults.throwIfAnyOf(Key.MANAGEMENT_HOST, Key.MANAGEMENT_PORT);
    return management(settings);
  }

  private Settings settings(Optional<Path> file, FaultList faults) {
    Map<Key, Found> found = new EnumMap<>(Key.class);
    file.ifPresent(path -> found.putAll(new YamlSource(path, faults).read()));
    found.putAll(new EnvironmentSource(environment, faults).read());
    return new Settings(found, faults);
  }

  private Config config(Settings settings) {
    return new Config(
        http(settings),
        mqtt(settings),
        management(settings),
        new RedisConfig(
            settings.value(Key.REDIS_MODE, RedisConfig.Mode.class),
            settings.all(Key.REDIS_ENDPOINTS, String.class),
            settings.value(Key.REDIS_EMBEDDED, Boolean.class),
            settings.value(Key.STORE_DURABILITY, Durability.class)),
        new CacheConfig(
            settings.value(Key.CACHE_MEBIBYTES_MAX, Integer.class) * BYTES_PER_MEBIBYTE,
            settings.value(Key.CACHE_AGE_MAX, Duration.class)),
        new AuthConfig(
            settings.value(Key.AUTH_ISSUER, String.class),
            settings.value(Key.AUTH_AUDIENCE, String.class),
            settings.fileOrUrl(Key.AUTH_JWKS).orElseThrow()),
        new SigningConfig(settings.files(Key.SIGNING_KEY)),
        new NodeConfig(nodeId(settings), settings.value(Key.NODE_LEASE, Duration.class)),
        unlock(settings),
        new LogConfig(
            settings.value(Key.LOG_FORMAT, LogConfig.Format.class),
            settings.value(Key.LOG_LEVEL, LogConfig.Level.class)),
        tracing(settings));
  }

  private static ManagementConfig management(Settings settings) {
    return new ManagementConfig(
        settings.value(Key.MANAGEMENT_HOST, String.class),
        settings.value(Key.MANAGEMENT_PORT, Integer.class));
  }

  private static HttpConfig http(Settings settings) {
    return new HttpConfig(
        settings.value(Key.HTTP_HOST, String.class),
        settings.value(Key.HTTP_PORT, Integer.class),
        httpTls(settings),
        settings.value(Key.HTTP_STREAMS_MAX, Integer.class));
  }

  private static Optional<HttpConfig.Tls> httpTls(Settings settings) {
    OptionalInt port = httpTlsPort(settings);
    if (port.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HttpConfig.Tls(
            port.getAsInt(),
            settings.file(Key.HTTP_TLS_CERTIFICATE).orElseThrow(),
            settings.file(Key.HTTP_TLS_KEY).orElseThrow()));
  }

  /** A certificate without a port means the usual one; {@code off} stays off. */
  static OptionalInt httpTlsPort(Settings settings) {
    boolean certificate =
        settings.given(Key.HTTP_TLS_CERTIFICATE) || settings.given(Key.HTTP_TLS_KEY);
    return settings
        .find(Key.HTTP_TLS_PORT, OptionalInt.class)
        .orElse(certificate ? OptionalInt.of(HTTP_TLS_PORT_DEFAULT) : OptionalInt.empty());
  }

  private static MqttConfig mqtt(Settings settings) {
    return new MqttConfig(
        settings.value(Key.MQTT_HOST, String.class),
        new MqttConfig.Tls(
            settings.value(Key.MQTT_TLS_PORT, Integer.class),
            settings.file(Key.MQTT_TLS_CERTIFICATE).orElseThrow(),
            settings.file(Key.MQTT_TLS_KEY).orElseThrow(),
            settings.file(Key.MQTT_TLS_CLIENT_CA).orElseThrow(),
            settings.file(Key.MQTT_TLS_CRL)),
        settings.value(Key.MQTT_PLAIN_PORT, OptionalInt.class));
  }

  private static UnlockConfig unlock(Settings settings) {
    return new UnlockConfig(
        settings.value(Key.UNLOCK_DEADLINE, Duration.class),
        settings.value(Key.UNLOCK_ACK_TIMEOUT, Duration.class),
        settings.value(Key.UNLOCK_IN_FLIGHT_MAX, Integer.class),
        settings.value(Key.UNLOCK_RATE_PER_DOOR, Rate.class));
  }

  private static Optional<TracingConfig> tracing(Settings settings) {
    return settings
        .find(Key.TRACING_ENDPOINT, String.class)
        .map(
            endpoint ->
                new TracingConfig(endpoint, settings.value(Key.TRACING_RATIO, Double.class)));
  }

  private String nodeId(Settings settings) {
    return settings.find(Key.NODE_ID, String.class).orElseGet(() -> identifierFrom(hostName.get()));
  }

  private static String identifierFrom(String name) {
    String legal = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[._-]+", "");
    String cut = legal.substring(0, Math.min(legal.length(), NODE_ID_LENGTH_MAX));
    return cut.isEmpty() ? "node" : cut;
  }

  /** This machine's name; "node" where it has none. */
  public static String machineName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A host whose name does not resolve still has one.
      return requireNonNullElse(System.getenv("HOSTNAME"), "node");
    }
  }
}
