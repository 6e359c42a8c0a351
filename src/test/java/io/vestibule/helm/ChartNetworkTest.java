package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who reaches whom: Services, NetworkPolicies, the trial's Redis, the connection test. */
final class ChartNetworkTest {
  private static final Pattern ASKED = Pattern.compile("(vestibule-[a-z-]+)[: ]([0-9]+)");

  static List<String> scenarios() {
    return Chart.scenarios();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void services_findPods_andPortsThatTheyListenOn(String scenario) {
    Rendered rendered = Chart.scenario(scenario);

    assertThat(rendered.all("Service"))
        .isNotEmpty()
        .allSatisfy(
            service -> {
              List<JsonNode> pods = selected(rendered, service.at("/spec/selector"));
              assertThat(pods).as(Rendered.name(service)).hasSize(1);
              assertThat(targets(service))
                  .isNotEmpty()
                  .isSubsetOf(Rendered.ports(pods.get(0).at("/spec/containers/0")).keySet());
            });
  }

  @Test
  void doors_comeOverALoadBalancer_withTheirOwnAddress() {
    JsonNode spec = Chart.scenario("minimal").one("Service", "vestibule-mqtt").path("spec");

    assertThat(spec.path("type").asText()).isEqualTo("LoadBalancer");
    assertThat(spec.path("externalTrafficPolicy").asText()).isEqualTo("Local");
    assertThat(spec.at("/ports/0"))
        .isEqualTo(Yaml.read("{name: mqtts, port: 8883, targetPort: mqtts, protocol: TCP}"));
  }

  @Test
  void serviceInsideTheCluster_hasNoExternalPolicy() {
    JsonNode spec = Chart.scenario("trial").one("Service", "vestibule-mqtt").path("spec");

    assertThat(spec.has("externalTrafficPolicy")).isFalse();
  }

  @Test
  void plainMqtt_hasAServiceOfItsOwn_onlyWhereItIsOn() {
    Rendered plain = Chart.scenario("plain-mqtt");

    assertThat(plain.one("Service", "elm-street-mqtt-plain").at("/spec/type").asText())
        .isEqualTo("ClusterIP");
    assertThat(plain.one("Service", "elm-street-mqtt").at("/spec/ports")).hasSize(1);
    assertThat(Chart.scenario("minimal").has("Service", "vestibule-mqtt-plain")).isFalse();
  }

  @Test
  void api_onALoadBalancer_isThereOverTlsAlone() {
    JsonNode ports =
        Chart.scenario("cert-manager").one("Service", "vestibule-http").at("/spec/ports");

    assertThat(ports).hasSize(1);
    assertThat(ports.at("/0/name").asText()).isEqualTo("https");
    assertThat(Chart.scenario("production").one("Service", "vestibule-http").at("/spec/ports"))
        .hasSize(2);
  }

  @Test
  void management_isAskedGatewayByGateway_alsoUnready() {
    JsonNode spec = Chart.scenario("minimal").one("Service", "vestibule-management").path("spec");

    assertThat(spec.path("clusterIP").asText()).isEqualTo("None");
    assertThat(spec.path("publishNotReadyAddresses").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void networkPolicy_letsInToEveryPortThatAServiceNames_andToNoOther(String scenario) {
    Rendered rendered =
        Chart.render(
            scenario,
            """
            networkPolicy:
              enabled: true
              from: {mqttPlain: [{podSelector: {}}], management: [{podSelector: {}}], http: [{ipBlock: {cidr: 0.0.0.0/0}}]}
              to: {redis: [{podSelector: {}}], jwks: [{podSelector: {}}], tracing: [{podSelector: {}}]}
            """);
    JsonNode gateway = rendered.gateway().at("/spec/template");
    Map<String, Integer> numbers = Rendered.ports(gateway.at("/spec/containers/0"));
    Set<Integer> served =
        rendered
            .all("Service")
            .filter(
                one -> Rendered.selects(one.at("/spec/selector"), gateway.at("/metadata/labels")))
            .flatMap(one -> targets(one).stream())
            .map(numbers::get)
            .collect(Collectors.toSet());

    JsonNode policy = rendered.one("NetworkPolicy", Rendered.name(rendered.gateway()));

    assertThat(ports(policy.at("/spec/ingress"))).isEqualTo(served);
    assertThat(policy.at("/spec/podSelector/matchLabels"))
        .isEqualTo(rendered.gateway().at("/spec/selector/matchLabels"));
  }

  @Test
  void networkPolicy_letsNobodyInThatIsNotListed() {
    JsonNode policy = Chart.scenario("sentinel").one("NetworkPolicy", "vestibule");

    JsonNode management = rule(policy.at("/spec/ingress"), 9090);

    // The connection test alone: a rule without peers would let everybody in.
    assertThat(Rendered.items(management.path("from")))
        .extracting(peer -> peer.findPath("app.kubernetes.io/component").asText())
        .containsExactly("connection-test");
    assertThat(Rendered.items(policy.at("/spec/ingress")))
        .allMatch(rule -> !rule.path("from").isEmpty());
    assertThat(Rendered.items(policy.at("/spec/egress")))
        .allMatch(rule -> !rule.path("to").isEmpty());
  }

  @Test
  void networkPolicy_letsOutToRedisNamesKeysAndTraces_onTheirPorts() {
    assertThat(ports(egress("production"))).containsExactlyInAnyOrder(53, 6380, 8443, 4318);
    assertThat(ports(egress("sentinel"))).containsExactlyInAnyOrder(53, 6379, 26379);
  }

  @Test
  void networkPolicy_letsOutToTheTrialsRedis_whateverPortsAreListed() {
    assertThat(redisPorts("trial", "[6380]")).containsExactlyInAnyOrder(6379, 6380);
    assertThat(redisPorts("trial", "[]")).containsExactly(6379);
  }

  @Test
  void networkPolicy_withoutPortsOfItsOwn_hasThoseOfTheEndpoints() {
    assertThat(redisPorts("sentinel", "[]")).containsExactly(26379);
  }

  @Test
  void networkPolicy_namesThePortsOfPods_whereTheirServicesHaveOthers() {
    JsonNode egress = egress("plain-mqtt", "elm-street");

    assertThat(ports(egress)).containsExactlyInAnyOrder(5353, 6379, 80, 8080);
    assertThat(rule(egress, 5353).at("/ports/1/protocol").asText()).isEqualTo("TCP");
    assertThat(rule(egress, 80).at("/ports/1/port").asInt()).isEqualTo(8080);
  }

  @Test
  void ingress_leadsEachHostToThePortThatIsAsked_overTlsAlone() {
    Rendered rendered = Chart.scenario("production");
    JsonNode ingress = rendered.only("Ingress");
    JsonNode spec = ingress.path("spec");

    assertThat(spec.path("ingressClassName").asText()).isEqualTo("nginx");
    assertThat(spec.path("tls"))
        .isEqualTo(
            Yaml.read("[{hosts: [api.example, couriers.example], secretName: api-edge-tls}]"));
    assertThat(Rendered.items(spec.path("rules")))
        .extracting(rule -> rule.path("host").asText())
        .containsExactly("api.example", "couriers.example");
    assertThat(spec.at("/rules/1/http/paths"))
        .isEqualTo(
            Yaml.read(
                "[{path: /, pathType: Prefix, backend: {service: {name: vestibule-http, port: {name: https}}}}]"));
    assertThat(ingress.at("/metadata/annotations").size()).isEqualTo(1);
    assertThat(Chart.scenario("minimal").all("Ingress")).isEmpty();
  }

  @Test
  void ingressWithoutASecret_isStillTls() {
    JsonNode spec =
        Chart.render("minimal", "ingress: {enabled: true, hosts: [api.example]}")
            .only("Ingress")
            .path("spec");

    assertThat(spec.path("tls")).isEqualTo(Yaml.read("[{hosts: [api.example]}]"));
    assertThat(spec.has("ingressClassName")).isFalse();
    assertThat(spec.at("/rules/0/http/paths/0/backend/service/port/name").asText())
        .isEqualTo("http");
  }

  @Test
  void api_onALoadBalancer_isForWhomItIsMeant() {
    JsonNode spec =
        Chart.render(
                "cert-manager",
                "service: {http: {loadBalancerClass: example.com/tcp, loadBalancerSourceRanges: [203.0.113.0/24, '2001:db8::/32']}}")
            .one("Service", "vestibule-http")
            .path("spec");

    assertThat(spec.path("loadBalancerClass").asText()).isEqualTo("example.com/tcp");
    assertThat(spec.path("loadBalancerSourceRanges")).hasSize(2);
  }

  @Test
  void trialsRedis_isTheGateways_andKeepsWhatGatewaysAskOfIt() {
    Rendered rendered = Chart.scenario("trial");
    JsonNode redis = rendered.only("StatefulSet").at("/spec/template");

    assertThat(rendered.config().at("/redis/endpoints/0").asText())
        .isEqualTo("redis://vestibule-redis:6379");
    assertThat(rendered.one("Service", "vestibule-redis").at("/spec/ports/0/port").asInt())
        .isEqualTo(6379);
    assertThat(redis.at("/spec/containers/0/args").toString())
        .contains("\"--maxmemory-policy\",\"noeviction\"", "\"--appendonly\",\"yes\"");
    assertThat(rendered.only("StatefulSet").at("/spec/volumeClaimTemplates/0/spec/resources"))
        .isEqualTo(Yaml.read("requests: {storage: 2Gi}"));
  }

  @Test
  void trialsRedis_isOpenToGatewaysOfItsReleaseAlone() {
    Rendered rendered = Chart.scenario("trial");
    JsonNode policy = rendered.one("NetworkPolicy", "vestibule-redis").path("spec");
    JsonNode redis = rendered.only("StatefulSet").at("/spec/template/metadata/labels");

    assertThat(Rendered.selects(policy.at("/podSelector/matchLabels"), redis)).isTrue();
    assertThat(policy.at("/ingress/0/from")).hasSize(1);
    assertThat(policy.at("/ingress/0/from/0/podSelector/matchLabels"))
        .isEqualTo(rendered.gateway().at("/spec/selector/matchLabels"));
  }

  @Test
  void trialWithoutVolume_forgets() {
    Rendered rendered = Chart.render("trial", "redis: {trial: {persistence: {enabled: false}}}");

    assertThat(rendered.only("StatefulSet").path("spec").has("volumeClaimTemplates")).isFalse();
    assertThat(rendered.only("StatefulSet").at("/spec/template/spec/volumes"))
        .isEqualTo(Yaml.read("[{name: data, emptyDir: {sizeLimit: 2Gi}}]"));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void connectionTest_asksEveryServiceOfGateways_onItsPorts(String scenario) {
    Rendered rendered = Chart.render(scenario, "fullnameOverride: vestibule");
    JsonNode pod = rendered.only("Pod");
    JsonNode gateway = rendered.gateway().at("/spec/template/metadata/labels");
    Set<String> served = new TreeSet<>();
    rendered
        .all("Service")
        .filter(service -> Rendered.selects(service.at("/spec/selector"), gateway))
        .forEach(
            service ->
                Rendered.items(service.at("/spec/ports"))
                    .forEach(port -> served.add(address(service, port))));

    assertThat(asked(pod.at("/spec/containers/0/command/2").asText())).isEqualTo(served);
  }

  @Test
  void connectionTest_isWhatHelmTestRuns_andNoPartOfTheRelease() throws IOException {
    Path template = Chart.FOLDER.resolve("templates/tests/connection.yaml");
    String release = Chart.template(Chart.linked(), Chart.RELEASE, Chart.values("minimal"));

    assertThat(Files.readString(template)).contains("    " + Chart.HOOK + "\n");
    assertThat(release).doesNotContain("kind: Pod\n");
  }

  private static String address(JsonNode service, JsonNode port) {
    return Rendered.name(service) + ":" + port.path("port").asInt();
  }

  private static Set<String> asked(String script) {
    return ASKED
        .matcher(script)
        .results()
        .map((MatchResult asked) -> asked.group(1) + ":" + asked.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonNode egress(String scenario) {
    return egress(scenario, "vestibule");
  }

  private static JsonNode egress(String scenario, String name) {
    return Chart.scenario(scenario).one("NetworkPolicy", name).at("/spec/egress");
  }

  /** Those that the policy opens toward Redis where {@code networkPolicy.redisPorts} is so. */
  private static Set<Integer> redisPorts(String scenario, String listed) {
    String values =
        "networkPolicy: {enabled: true, from: {mqttPlain: [{podSelector: {}}]}, redisPorts: %s}";
    JsonNode egress =
        Chart.render(scenario, values.formatted(listed))
            .one("NetworkPolicy", "vestibule")
            .at("/spec/egress");
    Set<Integer> ports = ports(egress);
    ports.remove(53);
    return ports;
  }

  private static JsonNode rule(JsonNode rules, int port) {
    return Rendered.items(rules).stream()
        .filter(rule -> rule.at("/ports/0/port").asInt() == port)
        .findFirst()
        .orElseThrow();
  }

  private static Set<Integer> ports(JsonNode rules) {
    Set<Integer> ports = new HashSet<>();
    Rendered.items(rules)
        .forEach(
            rule ->
                Rendered.items(rule.path("ports"))
                    .forEach(port -> ports.add(port.path("port").asInt())));
    return ports;
  }

  private static List<JsonNode> selected(Rendered rendered, JsonNode selector) {
    return rendered.pods().values().stream()
        .filter(pod -> Rendered.selects(selector, pod.at("/metadata/labels")))
        .toList();
  }

  private static Set<String> targets(JsonNode service) {
    return Rendered.items(service.at("/spec/ports")).stream()
        .map(port -> port.path("targetPort").asText())
        .collect(Collectors.toSet());
  }
}
