package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How gateways are started, sized, probed, replaced and scaled. */
final class ChartGatewayTest {
  static List<String> scenarios() {
    return Chart.scenarios();
  }

  @Test
  void gateways_areTwo_andReplacedWithoutOneLess() {
    JsonNode spec = Chart.scenario("minimal").gateway().path("spec");

    assertThat(spec.path("replicas").asInt()).isEqualTo(2);
    assertThat(spec.path("strategy"))
        .isEqualTo(
            Yaml.read("{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void probes_hitPathsThatAreServed_onTheManagementPort(String scenario) throws IOException {
    Rendered rendered = Chart.scenario(scenario);
    JsonNode container = rendered.gatewayContainer();
    String health = Files.readString(Path.of("docs/HEALTH.md"));

    assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe").map(container::path))
        .allSatisfy(
            probe -> {
              assertThat(probe.at("/httpGet/port").asText()).isEqualTo("management");
              assertThat(health).contains("| `" + probe.at("/httpGet/path").asText() + "` |");
            });
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
    assertThat(Rendered.ports(container))
        .containsEntry("management", rendered.config().at("/management/port").asInt());
  }

  @Test
  void start_waitsForRedis_withoutBeingKilled() {
    JsonNode probe = Chart.scenario("minimal").gatewayContainer().path("startupProbe");

    // It is not ready then, but lives.
    assertThat(probe.at("/httpGet/path").asText()).isEqualTo("/health/live");
  }

  @ParameterizedTest
  @CsvSource({"1Gi, 1, '', 2", "4Gi, 3500m, '', 4", "4Gi, 0.5, '', 2", "2G, 1, 4, 0"})
  void jvm_takesItsSizeFromTheLimits(String memory, String request, String limit, int processors) {
    Rendered rendered =
        Chart.render(
            "minimal",
            """
            resources:
              requests: {cpu: "%s", memory: 512Mi}
              limits: {cpu: "%s", memory: %s}
            """
                .formatted(request, limit, memory));

    assertThat(javaOptions(rendered))
        .contains("-XX:InitialRAMPercentage=50.0", "-XX:MaxRAMPercentage=50.0")
        .contains("-XX:+ExitOnOutOfMemoryError")
        .noneMatch(option -> option.startsWith("-Xm"));
    assertThat(javaOptions(rendered))
        .filteredOn(option -> option.contains("ProcessorCount"))
        .isEqualTo(processors == 0 ? List.of() : List.of("-XX:ActiveProcessorCount=" + processors));
  }

  @ParameterizedTest
  @CsvSource({"1Gi, 50, 256", "4Gi, 60, 819", "2G, 50, 477"})
  void buffersOutsideTheHeap_haveHalfOfWhatItLeaves(String memory, int heap, int mebibytes) {
    Rendered rendered =
        Chart.render(
            "minimal",
            "{resources: {limits: {memory: %s}}, jvm: {heapPercentage: %d}}"
                .formatted(memory, heap));

    assertThat(javaOptions(rendered)).contains("-XX:MaxDirectMemorySize=%dm".formatted(mebibytes));
  }

  @Test
  void trustStore_isMounted_andTheJvms() {
    Rendered rendered = Chart.scenario("cluster");

    assertThat(javaOptions(rendered))
        .contains("-Djavax.net.ssl.trustStore=/etc/vestibule/trust/store");
    assertThat(rendered.gatewayPod().at("/volumes/0/projected/sources").toString())
        .contains(
            Yaml.read(
                    "configMap: {name: our-cas, items: [{key: truststore.jks, path: trust/store}]}")
                .toString());
    assertThat(javaOptions(Chart.scenario("minimal"))).noneMatch(one -> one.contains("trustStore"));
  }

  @Test
  void collector_isTheLaunchers() throws IOException {
    List<String> collectors =
        Files.readAllLines(Path.of("src/main/launcher/jvm.options")).stream()
            .filter(line -> line.matches("-XX:\\+Use\\w+GC"))
            .toList();

    assertThat(collectors).hasSize(1);
    assertThat(javaOptions(Chart.scenario("minimal"))).containsAll(collectors);
  }

  @Test
  void jvmOptions_comeLast() {
    assertThat(javaOptions(Chart.scenario("production"))).last().isEqualTo("-Xlog:gc:stderr");
  }

  @Test
  void gatewaysId_isItsPods() {
    assertThat(Chart.scenario("minimal").variable("VESTIBULE_NODE_ID"))
        .isEqualTo(Yaml.read("{fieldRef: {fieldPath: metadata.name}}"));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void files_areAllMountedReadOnly_andTmpIsWritable(String scenario) {
    assertThat(Chart.scenario(scenario).gatewayContainer().path("volumeMounts"))
        .isEqualTo(
            Yaml.read(
                """
                - {name: config, mountPath: /etc/vestibule, readOnly: true}
                - {name: tmp, mountPath: /tmp}
                """));
  }

  @Test
  void certificates_areMadeAsTheGatewayReadsThem_andMounted() {
    Rendered rendered = Chart.scenario("cert-manager");
    String volume = rendered.gatewayPod().path("volumes").toString();

    assertThat(rendered.all("Certificate"))
        .hasSize(2)
        .allSatisfy(
            certificate -> {
              JsonNode spec = certificate.path("spec");
              assertThat(volume).contains("\"" + spec.path("secretName").asText() + "\"");
              assertThat(spec.at("/privateKey/encoding").asText()).isEqualTo("PKCS8");
              assertThat(spec.at("/issuerRef/name").asText()).isEqualTo("letters");
            });
    assertThat(rendered.one("Certificate", "vestibule-mqtt-tls").at("/spec/dnsNames"))
        .isEqualTo(Yaml.read("[doors.example]"));
    assertThat(Chart.scenario("minimal").all("Certificate")).isEmpty();
  }

  @Test
  void namesThatLookLikeNumbers_stayNames() {
    Rendered rendered =
        Chart.render("minimal", "secrets: {signing: {existingSecret: '123', keys: ['1e5', 'no']}}");

    assertThat(KubernetesForms.faults(rendered.gateway())).isEmpty();
    assertThat(rendered.config().at("/signing/key"))
        .isEqualTo(Yaml.read("[signing/1e5, signing/no]"));
  }

  @Test
  void pods_areSpreadOverZonesAndNodes_byTheirOwnLabels() {
    Rendered rendered = Chart.scenario("production");
    JsonNode constraints = rendered.gatewayPod().path("topologySpreadConstraints");

    assertThat(Rendered.items(constraints))
        .extracting(
            one -> one.path("topologyKey").asText() + " " + one.path("whenUnsatisfiable").asText())
        .containsExactlyInAnyOrder(
            "kubernetes.io/hostname ScheduleAnyway", "topology.kubernetes.io/zone DoNotSchedule");
    assertThat(Rendered.items(constraints))
        .allMatch(
            one ->
                one.at("/labelSelector/matchLabels")
                    .equals(rendered.gateway().at("/spec/selector/matchLabels")));
  }

  @Test
  void placesAndVariables_areTakenAsTheyAre() {
    Rendered rendered = Chart.scenario("production");

    assertThat(rendered.gatewayPod().path("affinity"))
        .isEqualTo(Chart.values("production").path("affinity"));
    assertThat(rendered.variable("OTEL_RESOURCE_ATTRIBUTES").asText())
        .isEqualTo("deployment.environment=production");
    assertThat(rendered.variable("HOST_ADDRESS"))
        .isEqualTo(Yaml.read("{fieldRef: {fieldPath: status.hostIP}}"));
  }

  @Test
  void volumeForTemporaryFiles_keepsNoNode_unlessItIsWanted() {
    String annotation = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes";

    assertThat(annotations(Chart.scenario("production")))
        .isEqualTo(
            Yaml.read(
                "{%s: tmp, example.com/team: doors, checksum/config: %s}"
                    .formatted(annotation, checksum(Chart.scenario("production")).asText())));
    assertThat(
            annotations(Chart.render("minimal", "podAnnotations: {%s: none}".formatted(annotation)))
                .path(annotation)
                .asText())
        .isEqualTo("none");
  }

  @Test
  void spreadOfNone_hasNoConstraint() {
    Rendered rendered = Chart.render("minimal", "topologySpread: {zone: None, node: None}");

    assertThat(rendered.gatewayPod().has("topologySpreadConstraints")).isFalse();
  }

  @Test
  void disruptionBudget_lets_oneGoAtATime() {
    Rendered rendered = Chart.scenario("minimal");
    JsonNode budget = rendered.only("PodDisruptionBudget").path("spec");

    assertThat(budget.path("maxUnavailable").asInt()).isEqualTo(1);
    assertThat(budget.at("/selector/matchLabels"))
        .isEqualTo(rendered.gateway().at("/spec/selector/matchLabels"));
    assertThat(Chart.scenario("production").only("PodDisruptionBudget").at("/spec/minAvailable"))
        .isEqualTo(Yaml.read("\"75%\""));
  }

  @Test
  void autoscaler_goesByMetricsThatThereAre_andOwnsTheNumber() throws IOException {
    Rendered rendered = Chart.scenario("production");
    JsonNode spec = rendered.only("HorizontalPodAutoscaler").path("spec");
    String metrics = Files.readString(Path.of("docs/METRICS.md"));

    assertThat(rendered.gateway().path("spec").has("replicas")).isFalse();
    assertThat(spec.at("/scaleTargetRef/name").asText())
        .isEqualTo(Rendered.name(rendered.gateway()));
    assertThat(Rendered.items(spec.path("metrics")))
        .extracting(metric -> metric.at("/pods/metric/name").asText("cpu"))
        .containsExactly("cpu", "vestibule_doors_connected", "vestibule_unlocks_in_flight")
        .filteredOn(name -> !name.equals("cpu"))
        .allMatch(name -> metrics.contains("| `" + name + "` | gauge |"));
    assertThat(spec.at("/metrics/1/pods/target"))
        .isEqualTo(Yaml.read("{type: AverageValue, averageValue: \"8000\"}"));
  }

  @Test
  void changedConfiguration_startsGatewaysAnew_andAnotherReplicaCountDoesNot() {
    String pod = Chart.scenario("minimal").gatewayPod().toString();
    JsonNode checksum = checksum(Chart.scenario("minimal"));

    assertThat(checksum(Chart.render("minimal", "config: {log: {level: debug}}")))
        .isNotEqualTo(checksum);
    assertThat(checksum(Chart.render("minimal", "replicas: 3"))).isEqualTo(checksum);
    assertThat(Chart.render("minimal", "replicas: 3").gatewayPod()).hasToString(pod);
  }

  private static JsonNode checksum(Rendered rendered) {
    return annotations(rendered).path("checksum/config");
  }

  private static JsonNode annotations(Rendered rendered) {
    return rendered.gateway().at("/spec/template/metadata/annotations");
  }

  private static List<String> javaOptions(Rendered rendered) {
    return List.of(rendered.variable("JDK_JAVA_OPTIONS").asText().split(" "));
  }
}
