package io.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vestibule.access.DoorId;
import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFiles;
import io.vestibule.testing.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private static final String REQUIRED =
      """
      mqtt.tls: {certificate: server.pem, key: server-key.pem, client-ca: ca.pem}
      auth: {issuer: i, audience: a, jwks: auth-jwks.json}
      signing.key: signing-key.pem
      """;

  @TempDir private static Path dir;

  @BeforeAll
  static void makePki() throws Exception {
    DevPki.create(dir, List.of(new DoorId("door-1")));
  }

  @Test
  void requiredKeysAlone_givesTheContractsDefaults() throws Exception {
    Config config = read(REQUIRED, Map.of());

    PkiFiles files = new PkiFiles(dir);
    assertThat(config)
        .isEqualTo(
            new Config(
                new HttpConfig("0.0.0.0", 8080, Optional.empty(), 1_000),
                new MqttConfig(
                    "0.0.0.0",
                    new MqttConfig.Tls(
                        8883, files.server(), files.serverKey(), files.ca(), Optional.empty()),
                    OptionalInt.empty()),
                new ManagementConfig("0.0.0.0", 9090),
                new RedisConfig(
                    RedisConfig.Mode.STANDALONE, List.of("redis://127.0.0.1:6379"), false),
                new CacheConfig(128 * 1024 * 1024, Duration.ofSeconds(2)),
                new AuthConfig("i", "a", files.authJwks().toString()),
                new SigningConfig(List.of(files.signingKey())),
                new NodeConfig("a-host", Duration.ofSeconds(5)),
                new UnlockConfig(
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(5),
                    10_000,
                    new Rate(15, Duration.ofMinutes(1))),
                new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.INFO),
                Optional.empty()));
  }

  @Test
  void log_isAsAsked() throws Exception {
    Config config =
        read(REQUIRED + "log: {level: debug}\n", Map.of("VESTIBULE_LOG_FORMAT", "json"));

    assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Format.JSON, LogConfig.Level.DEBUG));
  }

  @Test
  void environment_winsOverTheFile() throws Exception {
    Config config =
        read(
            REQUIRED + "http: {port: 1}\nunlock: {ack-timeout: 2s}\n",
            Map.of(
                "VESTIBULE_HTTP_PORT", "0",
                "VESTIBULE_UNLOCK_ACK_TIMEOUT", "750ms",
                "VESTIBULE_UNLOCK_RATE_PER_DOOR", "100/h",
                "VESTIBULE_REDIS_MODE", "sentinel",
                "VESTIBULE_STORE_DURABILITY", "replica",
                "VESTIBULE_REDIS_ENDPOINTS", "redis://a:1, rediss://b"));

    assertThat(config.http().port()).isZero();
    assertThat(config.unlock().ackTimeout()).isEqualTo(Duration.ofMillis(750));
    assertThat(config.unlock().ratePerDoor()).isEqualTo(new Rate(100, Duration.ofHours(1)));
    assertThat(config.redis().endpoints()).containsExactly("redis://a:1", "rediss://b");
    assertThat(config.redis().durability()).isEqualTo(Durability.REPLICA);
  }

  @Test
  void environmentAlone_suffices() throws Exception {
    PkiFiles files = new PkiFiles(dir);
    Map<String, String> environment =
        Map.of(
            "VESTIBULE_MQTT_TLS_CERTIFICATE",
            files.server().toString(),
            "VESTIBULE_MQTT_TLS_KEY",
            files.serverKey().toString(),
            "VESTIBULE_MQTT_TLS_CLIENT_CA",
            files.ca().toString(),
            "VESTIBULE_AUTH_ISSUER",
            "i",
            "VESTIBULE_AUTH_AUDIENCE",
            "a",
            "VESTIBULE_AUTH_JWKS",
            "https://login.example/jwks",
            "VESTIBULE_SIGNING_KEY",
            files.signingKey() + "," + files.authKey(),
            "PATH",
            "/bin");

    Config config = reader(environment).read(Optional.empty());

    assertThat(config.auth().jwks()).isEqualTo("https://login.example/jwks");
    assertThat(config.signing().keys()).containsExactly(files.signingKey(), files.authKey());
  }

  @Test
  void allFaults_areToldAtOnce_withKeyFoundAndExpected() {
    String yaml =
        """
        htp: {port: 1}
        http: {port: abc, host: [a, b]}
        mqtt: {tls: {certificate: none.pem, key: server-key.pem}, plain: {port: 70000}}
        redis: {endpoints: "http://x", embedded: yes}
        auth: {issuer: i, jwks: server.pem}
        signing: {key: [ca-key.pem, ca.pem]}
        node: {id: "-x", lease: 6s}
        unlock: {deadline: 2s, in-flight-max: 0, rate-per-door: 15}
        """;

    assertThat(faults(yaml, Map.of("VESTIBULE_HTTP_TLS_PRT", "1", "VESTIBULE_NODE_ID", " ")))
        .containsExactlyInAnyOrder(
            "htp.port: not a known key; did you mean http.port?",
            "http.host: found a list, expected a host name or an IP address",
            "VESTIBULE_HTTP_TLS_PRT: not a known environment variable; did you mean"
                + " VESTIBULE_HTTP_TLS_PORT?",
            "node.id: VESTIBULE_NODE_ID is empty; unset it or set 1 to 64 letters, digits, '.',"
                + " '_' or '-', the first a letter or digit",
            "http.port: found \"abc\", expected a port from 0 to 65535",
            "mqtt.tls.client-ca: missing, expected a file's path",
            "auth.audience: missing, expected a text of 1 to 1000 characters on one line",
            "mqtt.plain.port: found \"70000\", expected a port from 0 to 65535, or off",
            "redis.endpoints: found \"http://x\", expected a list of URLs such as"
                + " redis://127.0.0.1:6379 or rediss://cache.example:6379",
            "redis.embedded: found \"yes\", expected true or false",
            "node.id: found \"-x\", expected 1 to 64 letters, digits, '.', '_' or '-', the first a"
                + " letter or digit",
            "node.lease: found \"6s\", expected a duration from 1s to 5s, as 500ms, 8s or 1m",
            "unlock.deadline: found \"2s\", expected more than unlock.ack-timeout, which is 5s",
            "unlock.in-flight-max: found \"0\", expected a whole number from 1 to 1000000",
            "unlock.rate-per-door: found \"15\", expected a rate from 1 to 1000000 a second,"
                + " minute or hour, as 1/s, 15/m or 100/h",
            "mqtt.tls.certificate: found \"%s/none.pem\", expected a file that exists"
                .formatted(dir),
            "auth.jwks: found \"%s/server.pem\", expected a JWK set, as {\"keys\":[…]}"
                .formatted(dir),
            "signing.key: found \"%s/ca-key.pem\", expected an Ed25519 key; make one with: openssl"
                    .formatted(dir)
                + " genpkey -algorithm ed25519",
            "signing.key: found \"%s/ca.pem\", expected a PKCS#8 key in PEM (-----BEGIN PRIVATE"
                    .formatted(dir)
                + " KEY-----)");
  }

  @Test
  void secrets_areNotShown() {
    assertThat(
            faults(
                REQUIRED + "redis.endpoints: ['redis://me:hunter2@h:port', 'redis:hunter2@']\n",
                Map.of(
                    "VESTIBULE_SIGNING_KEY", "-----BEGIN PRIVATE KEY-----\nhunter2",
                    "VESTIBULE_REDIS_PASSWORD", "hunter2",
                    "VESTIBULE_HOME", "/srv/somebody-elses",
                    "VESTIBULE_AUTH_JWKS", "http://u:hunter2@ /x")))
        .hasSize(5)
        .noneMatch(text -> text.contains("hunter2"))
        .contains(
            "redis.endpoints: found \"redis://***@h:port\", expected a list of URLs such as"
                + " redis://127.0.0.1:6379 or rediss://cache.example:6379");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.port: 8883 | mqtt.tls.port: found \"8883\" by default, expected another port than"
            + " that of http.port",
        "management.port: 8080 | management.port: found \"8080\", expected another port than that"
            + " of http.port",
        "http.tls.port: 8443 | http.tls.certificate: missing, expected a file's path",
        "http.tls.key: server-key.pem | http.tls.certificate: missing, expected a file's path",
        "redis: {mode: sentinel, embedded: true} | redis.mode: found \"sentinel\", expected"
            + " standalone where redis.embedded is true",
        "'redis.endpoints: [redis://a, redis://b]' | 'redis.endpoints: found \"redis://a\","
            + " \"redis://b\", expected one endpoint, or a redis.mode of sentinel or cluster'",
        "'redis.mode: cluster\nstore.durability: replica' | store.durability: found \"replica\","
            + " expected primary where redis.mode is cluster",
        "'redis.embedded: true\nstore.durability: disk' | store.durability: found \"disk\","
            + " expected primary where redis.embedded is true",
        "store.durability: both | store.durability: found \"both\", expected primary, replica or"
            + " disk",
        "unlock.deadline: 5s | unlock.deadline: found \"5s\", expected more than"
            + " unlock.ack-timeout, which is 5s",
        "http: 1 | http: found a value, expected a mapping of keys below it",
        "http.port: {a: 1} | http.port: found a mapping, expected a port from 0 to 65535",
        "http.port: | http.port: has no value, expected a port from 0 to 65535",
        "'http: {port: 1, port: 2}' | http.port: given twice; keep one",
        "tracing.endpoint: collector:4318 | tracing.endpoint: found \"collector:4318\", expected an"
            + " http(s) URL such as http://127.0.0.1:4318/v1/traces, without user or query",
        "tracing.endpoint: 'http://a/?key=b' | tracing.endpoint: found \"http://a/?key=b\", expected"
            + " an http(s) URL such as http://127.0.0.1:4318/v1/traces, without user or query",
        "tracing.ratio: 1.01 | tracing.ratio: found \"1.01\", expected a number from 0 to 1, as"
            + " 0.01",
        "tracing.ratio: NaN | tracing.ratio: found \"NaN\", expected a number from 0 to 1, as 0.01",
      })
  void keysThatDisagree_areRefused(String yaml, String expected) {
    assertThat(faults(REQUIRED + yaml + "\n", Map.of())).contains(expected);
  }

  @Test
  void collector_turnsTracingOn_aRatioAloneDoesNot() throws Exception {
    String endpoint = REQUIRED + "tracing.endpoint: https://collector.example/v1/traces\n";

    assertThat(read(endpoint, Map.of()).tracing())
        .contains(new TracingConfig("https://collector.example/v1/traces", 0.01));
    assertThat(read(endpoint + "tracing.ratio: 1\n", Map.of()).tracing())
        .map(TracingConfig::ratio)
        .contains(1.0);
    assertThat(read(REQUIRED + "tracing.ratio: 0.5\n", Map.of()).tracing()).isEmpty();
  }

  @Test
  void portsOnDifferentAddresses_mayBeEqual_andZeroAlways() throws Exception {
    String yaml =
        """
        http: {host: 127.0.0.1, port: 5000}
        management: {host: 127.0.0.2, port: 5000}
        mqtt: {tls.port: 0, plain.port: 0}
        """;

    assertThat(read(REQUIRED + yaml, Map.of()).mqtt().plainPort()).hasValue(0);
  }

  @Test
  void certificateWithoutPort_takesTheUsualPort_unlessOff() throws Exception {
    String tls = REQUIRED + "http.tls.certificate: server.pem\nhttp.tls.key: server-key.pem\n";

    assertThat(read(tls, Map.of()).http().tls()).map(HttpConfig.Tls::port).hasValue(8443);
    assertThat(read(tls + "http.tls.port: off\n", Map.of()).http().tls()).isEmpty();
  }

  @Test
  void keyOfAnotherCertificate_isRefused() {
    assertThat(faults(REQUIRED, Map.of("VESTIBULE_MQTT_TLS_KEY", dir + "/ca-key.pem")))
        .containsExactly(
            "mqtt.tls.key: found \"%s/ca-key.pem\" in VESTIBULE_MQTT_TLS_KEY, expected the key of"
                    .formatted(dir)
                + " the certificate in mqtt.tls.certificate");
  }

  @Test
  void revocationsOfAnotherAuthority_areRefused(@TempDir Path elsewhere) {
    Path foreign = new TestPki(elsewhere).revoke();

    assertThat(faults(REQUIRED, Map.of("VESTIBULE_MQTT_TLS_CRL", foreign.toString())))
        .containsExactly(
            "mqtt.tls.crl: found \"%s\" in VESTIBULE_MQTT_TLS_CRL, expected lists that are each"
                    .formatted(foreign)
                + " signed by a certificate of mqtt.tls.client-ca");
  }

  @Test
  void kubernetesServiceLinks_arePassedOver_unlessTheyTakeAKeysName() throws Exception {
    Map<String, String> links =
        Map.of(
            "VESTIBULE_SERVICE_HOST", "10.0.0.1",
            "VESTIBULE_SERVICE_PORT_HTTP", "8080",
            "VESTIBULE_PORT", "tcp://10.0.0.1:8080",
            "VESTIBULE_PORT_8080_TCP_ADDR", "10.0.0.1");
    Map<String, String> clash = new HashMap<>(links);
    clash.put("VESTIBULE_HTTP_PORT", "tcp://10.0.0.1:8080");

    assertThat(read(REQUIRED, links).http().port()).isEqualTo(8080);
    assertThat(faults(REQUIRED, clash))
        .containsExactly(
            "http.port: VESTIBULE_HTTP_PORT is a Kubernetes service link; set enableServiceLinks:"
                + " false in the pod");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [ | line 4: cannot be read as YAML",
        "http: &x {port: 1} | anchors (&) and aliases (*) are not read",
        "'--- {}' | has more than one YAML document",
      })
  void brokenFile_isOneFaultNamingIt(String yaml, String expected) {
    assertThat(faults(REQUIRED + yaml + "\n", Map.of()))
        .anyMatch(text -> text.startsWith(dir.toString()) && text.contains(expected));
  }

  @Test
  void fileThatIsNone_isNamed_withWhatItIs() throws Exception {
    Files.createDirectories(dir.resolve("mounted.yaml"));

    assertThat(unreadable("no.yaml"))
        .isEqualTo(dir + "/no.yaml: is not there; name a readable YAML file");
    assertThat(unreadable("mounted.yaml"))
        .isEqualTo(dir + "/mounted.yaml: is a directory; name a readable YAML file");
  }

  private static String unreadable(String name) {
    return catchThrowableOfType(
            ConfigFaults.class, () -> reader(Map.of()).read(Optional.of(dir.resolve(name))))
        .faults()
        .get(0)
        .toString();
  }

  @ParameterizedTest
  @CsvSource({"gate.local, gate.local", "-a b!, a-b-", "'', node", "é, node"})
  void hostName_becomesTheNodeId(String hostName, String expected) throws Exception {
    Path file = Files.writeString(dir.resolve("node.yaml"), REQUIRED);

    Config config = new ConfigReader(Map.of(), () -> hostName).read(Optional.of(file));

    assertThat(config.node().id()).isEqualTo(expected);
  }

  private static Config read(String yaml, Map<String, String> environment)
      throws IOException, ConfigFaults {
    Path file = Files.writeString(dir.resolve("test.yaml"), yaml);
    return reader(environment).read(Optional.of(file));
  }

  private static List<String> faults(String yaml, Map<String, String> environment) {
    return catchThrowableOfType(ConfigFaults.class, () -> read(yaml, environment)).faults().stream()
        .map(ConfigFault::toString)
        .toList();
  }

  private static ConfigReader reader(Map<String, String> environment) {
    return new ConfigReader(environment, () -> "a-host");
  }
}
