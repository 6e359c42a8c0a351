package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.app.pki.PkiFiles;
import io.vestibule.config.ConfigReader;
import io.vestibule.testing.HttpApi;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.RedisProxy;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireCourier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Two gateways of one cluster, each with a line of its own to Redis; a building and a courier. */
final class RoutingStage implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(1);

  private static final String BUILDING = "elm-12";
  private static final String HOURS =
      "[{\"days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],"
          + "\"from\":\"00:00\",\"to\":\"24:00\"}]";

  private final RedisProcess redis;
  private final List<Node> nodes = new ArrayList<>();
  private final WireCourier courier = new WireCourier("ana");
  private final AtomicInteger grants = new AtomicInteger();

  /** One gateway, and the line over which it speaks to Redis. */
  record Node(String name, Gateway gateway, RedisProxy proxy, WireApi api, HttpApi management)
      implements AutoCloseable {
    int mqtts() {
      return gateway.ports().mqtts();
    }

    /** All series together that begin so. */
    double metric(String start) {
      return management
          .send(management.request("/metrics").GET())
          .body()
          .lines()
          .filter(line -> line.startsWith(start))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }

    boolean reachable() {
      return metric("vestibule_node_reachable") == 1;
    }

    @Override
    public void close() {
      gateway.close();
      proxy.close();
    }
  }

  private RoutingStage() throws Exception {
    redis = RedisProcess.start();
  }

  static RoutingStage set(Path pki) throws Exception {
    RoutingStage stage = new RoutingStage();
    WireApi.Issuer issuer = new WireApi.Issuer();
    Path jwks = issuer.writeJwks(pki.resolve("issuer.json"));
    for (String name : List.of("gateway-a", "gateway-b")) {
      stage.nodes.add(stage.start(name, pki, jwks, issuer.token("ops", "operator")));
    }
    stage.provision();
    return stage;
  }

  private Node start(String name, Path pki, Path jwks, String token) throws Exception {
    RedisProxy proxy = new RedisProxy(redis);
    Map<String, String> settings = new HashMap<>();
    settings.put("VESTIBULE_HTTP_HOST", "127.0.0.1");
    settings.put("VESTIBULE_HTTP_PORT", "0");
    settings.put("VESTIBULE_MQTT_HOST", "127.0.0.1");
    settings.put("VESTIBULE_MQTT_TLS_PORT", "0");
    settings.put("VESTIBULE_MANAGEMENT_HOST", "127.0.0.1");
    settings.put("VESTIBULE_MANAGEMENT_PORT", "0");
    settings.put("VESTIBULE_REDIS_EMBEDDED", "false");
    settings.put("VESTIBULE_REDIS_ENDPOINTS", proxy.url());
    settings.put("VESTIBULE_AUTH_ISSUER", WireApi.ISSUER);
    settings.put("VESTIBULE_AUTH_AUDIENCE", WireApi.AUDIENCE);
    settings.put("VESTIBULE_AUTH_JWKS", jwks.toString());
    settings.put("VESTIBULE_NODE_LEASE", LEASE.toSeconds() + "s");
    settings.put("VESTIBULE_UNLOCK_ACK_TIMEOUT", "700ms");
    Gateway gateway =
        Gateway.start(
            new ConfigReader(settings, () -> name).read(Optional.of(new PkiFiles(pki).config())));
    gateway.awaitReady();
    return new Node(
        name,
        gateway,
        proxy,
        WireApi.at(gateway.ports().http(), token),
        new HttpApi(
            HttpClient.newHttpClient(), "http://127.0.0.1:" + gateway.ports().management()));
  }

  Node first() {
    return nodes.get(0);
  }

  Node second() {
    return nodes.get(1);
  }

  RedisProcess redis() {
    return redis;
  }

  void register(String door) throws Exception {
    created(
        first()
            .api()
            .put("/v1/doors/" + door, "{\"building\":\"" + BUILDING + "\",\"holdSeconds\":3}"));
  }

  /** A request of the courier under a grant of its own. */
  String request(String door, String label) throws Exception {
    String grant = "grant-" + grants.incrementAndGet();
    created(
        first()
            .api()
            .post(
                "/v1/grants",
                "{\"id\":\"%s\",\"courier\":\"%s\",\"door\":\"%s\",\"parcels\":[\"%s\"],\"notBefore\":\"%s\",\"notAfter\":\"%s\"}"
                    .formatted(
                        grant,
                        courier.id(),
                        door,
                        WireCourier.parcel(label),
                        Instant.now().minusSeconds(60),
                        Instant.now().plusSeconds(3600))));
    return courier.request(door, grant, label);
  }

  /** What is registered of the door: epoch, since when, node. */
  String place(String door) throws IOException {
    return redis.askAll("GET vr:" + door);
  }

  boolean registered(String door, Node at) throws IOException {
    return redis.ask("EXISTS vr:" + door).equals(":1")
        && place(door).contains(" " + at.name() + "~");
  }

  /** Whether the node that has the door counts as alive. */
  boolean leased(String door) throws IOException {
    return redis.ask("EXISTS vn:lease:{" + place(door).split(" ")[2].strip() + "}").equals(":1");
  }

  /** Redis loses what it knew of nodes and of where doors are, and nothing else. */
  void forgetRouting() throws IOException {
    redis.ask(
        "EVAL \"for _, key in ipairs(redis.call('KEYS', 'v[rn]:*')) do redis.call('DEL', key) end\" 0");
  }

  /** No gateway hears the others until {@link #hear}. */
  void deafen() {
    try {
      redis.ask("ACL SETUSER default -subscribe -ssubscribe");
      redis.ask("CLIENT KILL TYPE pubsub");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void hear() throws IOException {
    redis.ask("ACL SETUSER default +subscribe +ssubscribe");
  }

  /** The kinds of the door's records about its connection, oldest first. */
  List<String> presence(String door) throws Exception {
    return recorded(door).stream()
        .filter(kind -> kind.equals("online") || kind.equals("offline"))
        .toList();
  }

  /** The last words of the types of the door's records, oldest first. */
  List<String> recorded(String door) throws Exception {
    List<String> kinds = new ArrayList<>();
    first()
        .api()
        .get("/v1/buildings/" + BUILDING + "/audit?limit=1000")
        .body()
        .path("records")
        .forEach(
            record -> {
              if (record.path("subject").asText().equals(door)) {
                String type = record.path("type").asText();
                kinds.add(type.substring(type.lastIndexOf('.') + 1));
              }
            });
    return kinds;
  }

  private void provision() throws Exception {
    created(
        first()
            .api()
            .put(
                "/v1/buildings/" + BUILDING,
                "{\"manager\":\"elm-homes\",\"timezone\":\"America/New_York\","
                    + "\"consent\":{\"givenBy\":\"owners\",\"givenAt\":\"2026-01-15T18:00:00Z\"},"
                    + "\"admits\":[{\"carrier\":\"swift\",\"doors\":[\"*\"],\"hours\":"
                    + HOURS
                    + "}]}"));
    created(
        first()
            .api()
            .put(
                "/v1/couriers/" + courier.id(),
                "{\"carrier\":\"swift\",\"keys\":["
                    + courier.jwk()
                    + "],\"screening\":{\"status\":\"passed\",\"expiresAt\":\"2036-01-01T00:00:00Z\"}}"));
  }

  private static void created(WireApi.Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    redis.close();
  }
}
