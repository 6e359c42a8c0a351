package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of the chart as a whole, and of every object in every scenario. */
final class ChartTest {
  private static final Pattern PINNED =
      Pattern.compile(".+(:v?[0-9]+\\.[0-9]+\\.[0-9]+|@sha256:[0-9a-f]{64})");
  private static final Pattern SECRET =
      Pattern.compile("(?i)PRIVATE KEY|://[^/\\s\"]*@|password\\s*[:=]|secret\\s*[:=]");

  private static final Set<String> SELECTOR =
      Set.of("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component");

  static List<String> scenarios() {
    return Chart.scenarios();
  }

  @Test
  void lint_strict_findsNothing() {
    LintResult result = Chart.linked().lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages()).noneMatch(message -> !message.startsWith("[INFO]"));
  }

  @Test
  void linksOfTheProjectsChart_areFollowed() {
    JsonNode values = Chart.values("monitoring");

    assertThat(Chart.template(Chart.linked(), Chart.RELEASE, values))
        .contains("kind: PrometheusRule", "vestibule-overview")
        .satisfies(
            text ->
                assertThat(Chart.scenario("monitoring").objects())
                    .containsAll(new Rendered(text).objects()));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void notes_sayWhatToDoNext(String scenario) {
    String name = Rendered.name(Chart.scenario(scenario).gateway());

    assertThat(Chart.notes(scenario))
        .contains("rollout status deployment/" + name, "helm -n doors test vestibule")
        .contains(name + "-mqtt", name + "-http")
        .doesNotContain("{{", "<no value>");
  }

  @Test
  void notes_warnOfWhatIsForTrialsOrLeftToDo() {
    assertThat(Chart.notes("trial")).contains("This is a trial", "without TLS on port 1883");
    assertThat(Chart.notes("cert-manager")).contains("rollout restart deployment/vestibule");
    assertThat(Chart.notes("minimal")).contains("Nobody is told to scrape it");
    assertThat(Chart.notes("monitoring")).contains("lead nowhere until monitoring.runbookUrl");
    assertThat(Chart.notes("production"))
        .doesNotContain("trial", "Nobody is told", "lead nowhere", "Ingress");
  }

  @Test
  void notes_tellOfAController_thatTheNetworkMayShutOut() {
    String ingress = "ingress: {enabled: true, hosts: [api.example]}\n";
    String told = "if the controller of the Ingress runs in another, list that";

    assertThat(Chart.notes("sentinel", ingress)).contains(told);
    assertThat(Chart.notes("sentinel")).doesNotContain(told);
    assertThat(Chart.notes("minimal", ingress)).doesNotContain(told);
    assertThat(Stream.of("{namespaceSelector: {}}", "{ipBlock: {cidr: 10.0.0.0/8}}"))
        .map(peer -> "networkPolicy: {from: {http: [{podSelector: {}}, %s]}}".formatted(peer))
        .noneMatch(policy -> Chart.notes("sentinel", ingress + policy).contains(told));
  }

  @Test
  void scenarios_renderEveryTemplate() throws IOException {
    Set<String> rendered =
        scenarios().stream()
            .flatMap(scenario -> Chart.scenario(scenario).templates().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(rendered).isEqualTo(templates());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void objects_haveTheFieldsOfTheirKind_andNoOther(String scenario) {
    Rendered rendered = Chart.scenario(scenario);

    assertThat(rendered.objects()).isNotEmpty();
    assertThat(rendered.objects().stream().flatMap(one -> KubernetesForms.faults(one).stream()))
        .isEmpty();
  }

  @Test
  void strictReading_findsWhatKubernetesWouldIgnoreOrRefuse() {
    JsonNode deployment =
        Yaml.read(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, annotations: {b: "1"}}
            spec: {template: {spec: {containers: [{name: a, imagePulPolicy: Always}]}}}
            """);
    JsonNode annotated =
        Yaml.read("{apiVersion: v1, kind: Service, metadata: {name: a, annotations: {b: true}}}");

    assertThat(KubernetesForms.faults(deployment))
        .containsExactly(
            "apps/v1 Deployment a.spec.template.spec.containers[].imagePulPolicy is not known");
    assertThat(KubernetesForms.faults(annotated)).hasSize(1);
    assertThat(KubernetesForms.faults(Yaml.read("{apiVersion: v2, kind: Service}")))
        .containsExactly("v2 Service is not known");
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void names_areGivenOnce_andAreShort(String scenario) {
    List<String> names =
        Chart.scenario(scenario).objects().stream()
            .map(object -> object.path("kind").asText() + " " + Rendered.name(object))
            .toList();

    assertThat(names).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"no, on", "2024, no", "2024-01-01, 'null'", "1e3, true"})
  void namesAndLabels_areText_whateverYamlTakesThemFor(String release, String name) {
    String values = "fullnameOverride: '%s'".formatted(name);

    List<JsonNode> objects =
        scenarios().stream()
            .map(scenario -> Chart.render(release, scenario, values).text())
            .flatMap(text -> Yaml.readAllAsKubernetes(text).stream())
            .toList();

    assertThat(objects)
        .isNotEmpty()
        .allMatch(one -> one.at("/metadata/name").isTextual())
        .allMatch(one -> Rendered.name(one).matches(name + "(-.+)?"));
    assertThat(objects)
        .extracting(one -> one.at("/metadata/labels/app.kubernetes.io~1instance"))
        .containsOnly(TextNode.valueOf(release));
    assertThat(objects).flatExtracting(KubernetesForms::faults).isEmpty();
  }

  @Test
  void longestRelease_hasPodsWhoseHostNamesAreNotCut() {
    String release = "a".repeat(53);

    Rendered rendered = Chart.render(release, "trial", "");

    assertThat(Rendered.name(rendered.gateway()) + "-5d8f7c9b4b-x7k2p").hasSizeLessThan(64);
    assertThat(rendered.all("Service")).allMatch(service -> Rendered.name(service).length() < 64);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void selectors_haveNothingThatChangesWithAVersion(String scenario) {
    Rendered rendered = Chart.scenario(scenario);

    assertThat(Stream.of("Deployment", "StatefulSet").flatMap(rendered::all))
        .isNotEmpty()
        .allSatisfy(
            workload -> {
              JsonNode selector = workload.at("/spec/selector/matchLabels");
              assertThat(names(selector)).isEqualTo(SELECTOR);
              assertThat(Rendered.selects(selector, workload.at("/spec/template/metadata/labels")))
                  .isTrue();
            });
  }

  @Test
  void selectors_areThoseOfTheFirstRelease() {
    JsonNode selector = Chart.scenario("minimal").gateway().at("/spec/selector/matchLabels");

    assertThat(selector)
        .isEqualTo(
            Yaml.read(
                """
                app.kubernetes.io/name: vestibule
                app.kubernetes.io/instance: vestibule
                app.kubernetes.io/component: gateway
                """));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void secrets_areReferredTo_andNeverMadeNorShown(String scenario) {
    Rendered rendered = Chart.scenario(scenario);

    assertThat(rendered.all("Secret")).isEmpty();
    assertThat(rendered.all("ConfigMap").map(map -> map.path("data").toString()))
        .isNotEmpty()
        .noneMatch(data -> SECRET.matcher(data).find());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void images_areOfOneVersion(String scenario) {
    assertThat(Chart.scenario(scenario).pods().values())
        .flatExtracting(pod -> Rendered.items(pod.at("/spec/containers")))
        .extracting(container -> container.path("image").asText())
        .allMatch(image -> PINNED.matcher(image).matches());
  }

  @Test
  void everyPod_logsInToItsRegistry() {
    Rendered rendered = Chart.render("trial", "image: {pullSecrets: [registry-login, other]}");

    assertThat(rendered.pods())
        .hasSize(3)
        .allSatisfy(
            (name, pod) ->
                assertThat(pod.at("/spec/imagePullSecrets"))
                    .isEqualTo(Yaml.read("[{name: registry-login}, {name: other}]")));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void pods_haveNoRights(String scenario) {
    assertThat(Chart.scenario(scenario).pods())
        .isNotEmpty()
        .allSatisfy(
            (name, pod) -> {
              JsonNode spec = pod.path("spec");
              assertThat(spec.path("automountServiceAccountToken").asBoolean(true)).isFalse();
              assertThat(spec.path("enableServiceLinks").asBoolean(true)).isFalse();
              assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
              assertThat(spec.at("/securityContext/seccompProfile/type").asText())
                  .isEqualTo("RuntimeDefault");
              assertThat(Rendered.items(spec.path("containers")))
                  .allSatisfy(ChartTest::containerHasNoRights);
            });
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void serviceAccount_isThere_andHasNoToken(String scenario) {
    Rendered rendered = Chart.scenario(scenario);
    String account = rendered.gatewayPod().path("serviceAccountName").asText();

    assertThat(account.equals("default") || rendered.has("ServiceAccount", account)).isTrue();
    assertThat(rendered.all("ServiceAccount"))
        .allMatch(one -> !one.path("automountServiceAccountToken").asBoolean(true));
  }

  @Test
  void user_isTheImages_unlessTheClusterChooses() {
    assertThat(Chart.scenario("minimal").gatewayPod().at("/securityContext/runAsUser").asInt())
        .isEqualTo(65532);
    assertThat(Chart.scenario("plain-mqtt").gatewayPod().path("securityContext").has("runAsUser"))
        .isFalse();
  }

  @Test
  void appVersion_isThatOfTheProject() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>vestibule</artifactId>\\s*<version>([^<-]+)(-SNAPSHOT)?</")
            .matcher(Files.readString(Path.of("pom.xml")));

    assertThat(version.find()).isTrue();
    assertThat(Yaml.read(Chart.FOLDER.resolve("Chart.yaml")).path("appVersion").asText())
        .isEqualTo(version.group(1));
    assertThat(Chart.scenario("minimal").gatewayContainer().path("image").asText())
        .isEqualTo("vestibule:" + version.group(1));
  }

  private static void containerHasNoRights(JsonNode container) {
    assertThat(container.path("securityContext"))
        .isEqualTo(
            Yaml.read(
                """
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities: {drop: [ALL]}
                """));
    assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
  }

  private static Set<String> templates() throws IOException {
    Path folder = Chart.FOLDER.resolve("templates");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .map(file -> "templates/" + folder.relativize(file))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> names(JsonNode node) {
    return node.properties().stream().map(entry -> entry.getKey()).collect(Collectors.toSet());
  }
}
