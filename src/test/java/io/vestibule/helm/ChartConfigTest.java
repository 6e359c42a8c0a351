package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.config.Config;
import io.vestibule.config.Durations;
import io.vestibule.config.Key;
import io.vestibule.config.RedisConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configuration that the chart writes is one that the gateway takes, and has every key. */
final class ChartConfigTest {
  /** What the pod, and nobody else, decides. */
  private static final Set<Key> BY_POD = Set.of(Key.NODE_ID);

  @TempDir private static Path directory;
  private static PodFiles pod;

  @BeforeAll
  static void makeFiles() {
    pod = new PodFiles(directory);
  }

  static List<String> scenarios() {
    return Chart.scenarios();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void configuration_isTakenByTheGatewaysOwnReader(String scenario) throws Exception {
    Rendered rendered = Chart.scenario(scenario);

    Config config = pod.read(rendered);

    assertThat(Rendered.ports(rendered.gatewayContainer()))
        .containsEntry("http", config.http().port())
        .containsEntry("mqtts", config.mqtt().tls().port())
        .containsEntry("management", config.management().port());
    assertThat(config.node().id()).isEqualTo("vestibule-5d8f7c9b4-x7k2p");
  }

  @Test
  void production_isReadAsItIsMeant() throws Exception {
    Config config = pod.read(Chart.scenario("production"));

    assertThat(config.unlock().deadline()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.unlock().inFlightMax()).isEqualTo(20_000);
    assertThat(config.http().tls()).isPresent();
    assertThat(config.mqtt().tls().crl()).isPresent();
    assertThat(config.mqtt().plainPort()).isEmpty();
    assertThat(config.signing().keys())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("2026-11.pem", "2026-05.pem");
    assertThat(config.redis().endpoints())
        .containsExactly("rediss://user:password@redis.data:6380");
    assertThat(config.tracing()).hasValueSatisfying(to -> assertThat(to.ratio()).isEqualTo(0.001));
  }

  @Test
  void sentinelAndCluster_areReadAsTheyAreMeant() throws Exception {
    assertThat(pod.read(Chart.scenario("sentinel")).redis().mode())
        .isEqualTo(RedisConfig.Mode.SENTINEL);
    assertThat(pod.read(Chart.scenario("cluster")).redis().endpoints()).hasSize(3);
  }

  @Test
  void everyDocumentedKey_canBeSet() throws Exception {
    Rendered rendered = Chart.render("production", everyKey());

    JsonNode config = rendered.config();

    assertThat(Key.values())
        .filteredOn(key -> !BY_POD.contains(key))
        .allSatisfy(key -> assertThat(at(config, key).isMissingNode()).as(key.dotted()).isFalse());
    assertThat(plainKeys())
        .allSatisfy(
            key ->
                assertThat(text(at(config, key)))
                    .as(key.dotted())
                    .isEqualTo(text(Yaml.read(sample(key)))));
    assertThat(pod.read(rendered).unlock().ackTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatThePodDecides_isInItsEnvironment() {
    Rendered rendered = Chart.scenario("production");

    assertThat(BY_POD).allMatch(key -> !rendered.variable(key.environment()).isMissingNode());
    assertThat(rendered.variable(Key.REDIS_ENDPOINTS.environment()))
        .isEqualTo(Yaml.read("{secretKeyRef: {name: redis-urls, key: endpoints}}"));
  }

  @Test
  void valuesGiven_areTheGatewaysDefaults() {
    JsonNode given = Chart.values().path("config");

    assertThat(Key.values())
        .filteredOn(key -> !at(given, key).asText().isEmpty())
        // For a log store, and a name for everybody's tokens that has to be some.
        .filteredOn(key -> key != Key.LOG_FORMAT && key != Key.AUTH_AUDIENCE)
        .isNotEmpty()
        .allSatisfy(key -> assertThat(at(given, key).asText()).isEqualTo(key.fallback()));
  }

  @Test
  void bareOff_isOff() throws Exception {
    Config config =
        pod.read(
            Chart.render(
                "production",
                "{config: {mqtt: {plain: {port: false}}, http: {tls: {port: false}}}, ingress: {backend: http}}"));

    assertThat(config.mqtt().plainPort()).isEqualTo(OptionalInt.empty());
    assertThat(config.http().tls()).isEmpty();
  }

  @Test
  void smallRatio_isWrittenOut() throws Exception {
    Config config = pod.read(Chart.render("production", "config: {tracing: {ratio: 0.00001}}"));

    assertThat(config.tracing()).hasValueSatisfying(to -> assertThat(to.ratio()).isEqualTo(1e-5));
  }

  @Test
  void durations_areBoundedAsTheGateways() {
    List<Key> durations =
        plainKeys().stream()
            .filter(key -> !new ConfigForm(key).durationBounds().isEmpty())
            .toList();

    assertThat(durations)
        .hasSizeGreaterThan(3)
        .allSatisfy(
            key -> {
              List<String> bounds = new ConfigForm(key).durationBounds();
              assertThat(refusalOf(key, millis(bounds.get(0)) - 1)).contains(told(bounds));
              assertThat(refusalOf(key, millis(bounds.get(1)) + 1)).contains(told(bounds));
              assertThat(refusalOf(key, millis(bounds.get(0)))).doesNotContain(told(bounds));
              assertThat(refusalOf(key, millis(bounds.get(1)))).doesNotContain(told(bounds));
            });
  }

  private static String told(List<String> bounds) {
    return "which no gateway takes: set a duration from %s to %s."
        .formatted(bounds.get(0), bounds.get(1));
  }

  private static String refusalOf(Key key, long millis) {
    JsonNode config = Yaml.read("{}");
    put(config, key.dotted(), Yaml.read(millis + "ms"));
    return Chart.refusal("minimal", "config: " + config);
  }

  private static long millis(String duration) {
    return Durations.parse(duration).orElseThrow().toMillis();
  }

  private static List<Key> plainKeys() {
    return Stream.of(Key.values())
        .filter(key -> !new ConfigForm(key).file() && !BY_POD.contains(key))
        .toList();
  }

  private static String everyKey() {
    StringBuilder yaml =
        new StringBuilder(
            """
            secrets: {redis: {existingSecret: ""}}
            termination: {graceSeconds: 0}
            networkPolicy: {enabled: false}
            """);
    // In flow style, so that sections may come in any order and again.
    JsonNode config = Yaml.read("{}");
    plainKeys().forEach(key -> put(config, key.dotted(), Yaml.read(sample(key))));
    return yaml.append("config: ").append(config).append('\n').toString();
  }

  private static void put(JsonNode tree, String dotted, JsonNode value) {
    JsonNode section = tree;
    String[] path = dotted.split("\\.");
    for (int depth = 0; depth < path.length - 1; depth++) {
      section = ((ObjectNode) section).withObject("/" + path[depth]);
    }
    ((ObjectNode) section).set(path[path.length - 1], value);
  }

  /** Ports must differ, and listeners be reached. */
  private static String sample(Key key) {
    return key.expectation().startsWith("a port")
        ? String.valueOf(20_000 + List.of(Key.values()).indexOf(key))
        : new ConfigForm(key).sample();
  }

  /** The gateway takes scalars by their text. */
  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static JsonNode at(JsonNode config, Key key) {
    return config.at("/" + key.dotted().replace('.', '/'));
  }
}
