package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.GatewayProcess;
import io.vestibule.testing.Jar;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireCourier;
import io.vestibule.testing.WireDoor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A packed gateway with a Redis of its own, a building and a courier; doors come as they are asked.
 */
final class Stage implements AutoCloseable {
  static final String BUILDING = "elm-12";
  static final int DOORS = 30;

  private static final String HOURS =
      "[{\"days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],"
          + "\"from\":\"00:00\",\"to\":\"24:00\"}]";

  /** Made once for all stages of this JVM: nothing writes to it. */
  private static Path madePki;

  private final Path pki;
  private final RedisProcess redis;
  private final Start start;
  private final String token;
  private volatile GatewayProcess gateway;
  private volatile WireApi operator;
  private final WireCourier courier;
  private final AtomicInteger doors = new AtomicInteger();
  private final AtomicInteger grants = new AtomicInteger();

  /** How a gateway before this stage's Redis begins. */
  private record Start(Launch launch, Path pki, Map<String, String> settings) {
    GatewayProcess begin(Map<String, String> further) {
      Map<String, String> all = new HashMap<>(settings);
      all.putAll(further);
      return launch.start(pki.resolve("vestibule.yaml"), all).ready();
    }
  }

  private Stage(Start start, RedisProcess redis, String token) throws Exception {
    this.pki = start.pki();
    this.redis = redis;
    this.start = start;
    this.token = token;
    this.courier = new WireCourier("ana");
    this.gateway = start.begin(Map.of());
    this.operator = WireApi.at(gateway.port("http"), token);
  }

  static Stage set(Jdk jdk) throws Exception {
    return set(jdk, Map.of());
  }

  static Stage set(Jdk jdk, Map<String, String> settings) throws Exception {
    return set(jdk, settings, RedisProcess.start());
  }

  /** Before a Redis that somebody else started; it ends with the stage. */
  static Stage set(Jdk jdk, Map<String, String> settings, RedisProcess redis) throws Exception {
    Jar jar = Jar.quick(jdk);
    return set(launch(jar), jar, settings, redis);
  }

  /** Starts a gateway with a configuration, and with settings that win over it. */
  interface Launch {
    GatewayProcess start(Path config, Map<String, String> settings);
  }

  /** With a gateway that is started in another way than by the jar, which makes the PKI alone. */
  static Stage set(Launch launch, Jar jar, Map<String, String> settings, RedisProcess redis)
      throws Exception {
    Path pki = pki(jar);
    WireApi.Issuer issuer = new WireApi.Issuer();
    Map<String, String> all = new HashMap<>();
    all.put("VESTIBULE_REDIS_EMBEDDED", "false");
    all.put("VESTIBULE_REDIS_ENDPOINTS", redis.url());
    all.put("VESTIBULE_AUTH_ISSUER", WireApi.ISSUER);
    all.put("VESTIBULE_AUTH_AUDIENCE", WireApi.AUDIENCE);
    all.put(
        "VESTIBULE_AUTH_JWKS",
        issuer.writeJwks(Files.createTempFile("issuer", ".json")).toString());
    all.putAll(settings);
    Stage stage = new Stage(new Start(launch, pki, all), redis, issuer.token("ops", "operator"));
    stage.provision();
    return stage;
  }

  /** A development PKI with its configuration, for nobody to change. */
  static synchronized Path pki(Jar jar) throws Exception {
    if (madePki == null) {
      Path pki = Files.createTempDirectory("pki");
      Jar.Ended made = jar.run(Duration.ofSeconds(60), "pki", "" + pki, "--doors", "" + DOORS);
      assertThat(made.exit()).as(made.err()).isZero();
      madePki = pki;
    }
    return madePki;
  }

  /** Ends the gateway as a crash would and starts another before the same Redis. */
  void crashGateway() {
    gateway.close();
    gateway = start.begin(Map.of());
    operator = WireApi.at(gateway.port("http"), token);
  }

  /** Ends the gateway as an operator would and starts another, with settings that win. */
  void restartGateway(Map<String, String> further) throws InterruptedException {
    assertThat(gateway.terminate(Duration.ofSeconds(30))).isZero();
    gateway.close();
    gateway = start.begin(further);
    operator = WireApi.at(gateway.port("http"), token);
  }

  /** Another gateway before the same Redis, with settings that win; who asks closes it. */
  GatewayProcess startBeside(Map<String, String> further) {
    return start.begin(further);
  }

  /** As the other, of another build. */
  GatewayProcess startBeside(Jar other, Map<String, String> further) {
    return new Start(launch(other), pki, start.settings()).begin(further);
  }

  private static Launch launch(Jar jar) {
    return (config, settings) -> GatewayProcess.start(jar, config, settings);
  }

  GatewayProcess gateway() {
    return gateway;
  }

  /** Where the gateway's own certificate and keys are. */
  Path pki() {
    return pki;
  }

  RedisProcess redis() {
    return redis;
  }

  WireApi operator() {
    return operator;
  }

  WireApi operatorAt(GatewayProcess other) {
    return WireApi.at(other.port("http"), token);
  }

  /** Another client with connections of its own. */
  WireApi anotherClient() {
    return WireApi.at(gateway.port("http"), "none");
  }

  WireCourier courier() {
    return courier;
  }

  /** A registered door that has not been used by another test; not connected. */
  String door() throws Exception {
    return door(BUILDING);
  }

  String door(String building) throws Exception {
    String door = "door-" + doors.incrementAndGet();
    WireApi.Answer put =
        operator.put("/v1/doors/" + door, "{\"building\":\"" + building + "\",\"holdSeconds\":3}");
    assertThat(put.status()).as(put.raw().body()).isEqualTo(201);
    return door;
  }

  WireDoor connect(String door) throws Exception {
    WireDoor connected = WireDoor.connect(pki, door, gateway.port("mqtts"));
    assertThat(operator.get("/v1/doors/" + door).body().at("/connection/state").asText())
        .isEqualTo("online");
    return connected;
  }

  /** As often as it likes, also while nobody can tell where it is. */
  WireDoor reconnect(String door) throws Exception {
    return WireDoor.connect(pki, door, gateway.port("mqtts"));
  }

  /** A grant for the label's parcel at the door, open now; {@code more} adds members. */
  String grant(String door, String label, String more) throws Exception {
    return grant(courier, door, label, more);
  }

  String grant(WireCourier to, String door, String label, String more) throws Exception {
    String id = "grant-" + grants.incrementAndGet();
    WireApi.Answer made = operator.post("/v1/grants", grantBody(id, to, door, label, more));
    assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
    return id;
  }

  static String grantBody(String id, WireCourier to, String door, String label, String more)
      throws Exception {
    return "{\"id\":\"%s\",\"courier\":\"%s\",\"door\":\"%s\",\"parcels\":[\"%s\"],\"notBefore\":\"%s\",\"notAfter\":\"%s\"%s}"
        .formatted(
            id,
            to.id(),
            door,
            WireCourier.parcel(label),
            Instant.now().minusSeconds(60),
            Instant.now().plusSeconds(3600),
            more);
  }

  private void provision() throws Exception {
    put(BUILDING);
    put(courier);
  }

  /** A building that admits the couriers of this stage to all its doors. */
  void put(String building) throws Exception {
    WireApi.Answer put =
        operator.put(
            "/v1/buildings/" + building,
            "{\"manager\":\"elm-homes\",\"timezone\":\"America/New_York\","
                + "\"consent\":{\"givenBy\":\"owners\",\"givenAt\":\"2026-01-15T18:00:00Z\"},"
                + "\"admits\":[{\"carrier\":\"swift\",\"doors\":[\"*\"],\"hours\":"
                + HOURS
                + "}]}");
    assertThat(put.status()).as(put.raw().body()).isEqualTo(201);
  }

  void put(WireCourier one) throws Exception {
    WireApi.Answer put =
        operator.put(
            "/v1/couriers/" + one.id(),
            "{\"carrier\":\"swift\",\"keys\":["
                + one.jwk()
                + "],\"screening\":{\"status\":\"passed\",\"expiresAt\":\"2036-01-01T00:00:00Z\"}}");
    assertThat(put.status()).as(put.raw().body()).isEqualTo(201);
  }

  @Override
  public void close() {
    gateway.close();
    redis.close();
  }
}
