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
import java.util.function.Supplier;

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
  private final Supplier<GatewayProcess> starting;
  private final String token;
  private volatile GatewayProcess gateway;
  private volatile WireApi operator;
  private final WireCourier courier;
  private final AtomicInteger doors = new AtomicInteger();
  private final AtomicInteger grants = new AtomicInteger();

  private Stage(Path pki, RedisProcess redis, Supplier<GatewayProcess> starting, String token)
      throws Exception {
    this.pki = pki;
    this.redis = redis;
    this.starting = starting;
    this.token = token;
    this.courier = new WireCourier("ana");
    this.gateway = starting.get();
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
    return set((config, all) -> GatewayProcess.start(jar, config, all), jar, settings, redis);
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
    Supplier<GatewayProcess> starting =
        () -> launch.start(pki.resolve("vestibule.yaml"), all).ready();
    Stage stage = new Stage(pki, redis, starting, issuer.token("ops", "operator"));
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
    gateway = starting.get();
    operator = WireApi.at(gateway.port("http"), token);
  }

  GatewayProcess gateway() {
    return gateway;
  }

  Path pki() {
    return pki;
  }

  RedisProcess redis() {
    return redis;
  }

  WireApi operator() {
    return operator;
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
    String door = "door-" + doors.incrementAndGet();
    WireApi.Answer put =
        operator.put("/v1/doors/" + door, "{\"building\":\"" + BUILDING + "\",\"holdSeconds\":3}");
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
    String id = "grant-" + grants.incrementAndGet();
    WireApi.Answer made =
        operator.post(
            "/v1/grants",
            "{\"id\":\"%s\",\"courier\":\"%s\",\"door\":\"%s\",\"parcels\":[\"%s\"],\"notBefore\":\"%s\",\"notAfter\":\"%s\"%s}"
                .formatted(
                    id,
                    courier.id(),
                    door,
                    WireCourier.parcel(label),
                    Instant.now().minusSeconds(60),
                    Instant.now().plusSeconds(3600),
                    more));
    assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
    return id;
  }

  private void provision() throws Exception {
    WireApi.Answer building =
        operator.put(
            "/v1/buildings/" + BUILDING,
            "{\"manager\":\"elm-homes\",\"timezone\":\"America/New_York\","
                + "\"consent\":{\"givenBy\":\"owners\",\"givenAt\":\"2026-01-15T18:00:00Z\"},"
                + "\"admits\":[{\"carrier\":\"swift\",\"doors\":[\"*\"],\"hours\":"
                + HOURS
                + "}]}");
    assertThat(building.status()).as(building.raw().body()).isEqualTo(201);
    WireApi.Answer put =
        operator.put(
            "/v1/couriers/" + courier.id(),
            "{\"carrier\":\"swift\",\"keys\":["
                + courier.jwk()
                + "],\"screening\":{\"status\":\"passed\",\"expiresAt\":\"2036-01-01T00:00:00Z\"}}");
    assertThat(put.status()).as(put.raw().body()).isEqualTo(201);
  }

  @Override
  public void close() {
    gateway.close();
    redis.close();
  }
}
