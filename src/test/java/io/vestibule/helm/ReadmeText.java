package io.vestibule.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** The text of the chart's README.md. */
final class ReadmeText {
  private static final String HEAD =
      """
      # Helm chart

      <!-- Made from values.yaml by ChartDocTest; change it there. -->

      Gateways with what surrounds them in a cluster: Services for doors (MQTT, with their own addresses), for apps and
      backends (HTTP) and for Prometheus, a PodDisruptionBudget, and where wanted an Ingress, a HorizontalPodAutoscaler,
      NetworkPolicies, certificates by cert-manager, the project's alerts and dashboards, and a Redis for trials. Kubernetes 1.30 or later.

      ## Install

      Build the image with the project's Dockerfile and push it to a registry of yours, under the version that the chart asks for
      (`image.tag`):

      ```sh
      mvn -q -DskipTests package
      version=$(java -jar target/vestibule.jar --version | cut -d' ' -f2)
      docker build --build-arg VERSION="$version" --build-arg REVISION="$(git rev-parse HEAD)" -t "registry.example/vestibule:${version%-SNAPSHOT}" .
      docker push "registry.example/vestibule:${version%-SNAPSHOT}"
      ```

      Make four Secrets: the certificate of the MQTT port, the CA of the doors' certificates, the key that signs commands, and Redis' URL
      where it has a password. [OPERATIONS.md](../../docs/OPERATIONS.md#doors-certificates) says how each is made:

      ```sh
      kubectl create namespace doors
      kubectl -n doors create secret tls doors-server-tls --cert=server.pem --key=server-key.pem
      kubectl -n doors create secret generic doors-ca --from-file=ca.crt=ca.pem
      kubectl -n doors create secret generic command-keys --from-file=signing-key.pem
      kubectl -n doors create secret generic redis-urls --from-literal=endpoints=rediss://user:password@redis.data:6379
      ```

      Then a file of values, of which this is the smallest, and the release:

      ```yaml
      image:
        repository: registry.example/vestibule
      config:
        auth:
          issuer: https://login.example
          jwks: https://login.example/jwks.json
      secrets:
        mqttTls:
          existingSecret: doors-server-tls
        clientCa:
          existingSecret: doors-ca
        signing:
          existingSecret: command-keys
        redis:
          existingSecret: redis-urls
      ```

      ```sh
      helm -n doors install vestibule helm/vestibule --values values.yaml
      helm -n doors test vestibule
      ```

      Values that make no sense fail with a sentence that names the value and the mend, all at once. More values to start from
      are in [ci/](ci): production with everything, cert-manager, Sentinel, Cluster, a trial, doors without TLS, monitoring.

      ## Good to know

      - **An upgrade ends no unlock that is under way.** A gateway that ends leaves the Services, finishes what is under way, and sends its doors to
        the others at a rate; `termination.graceSeconds` is computed to be longer than that.
      - **Secrets are read when a gateway starts.** After one has changed: `kubectl rollout restart deployment/vestibule`, or let a
        controller do it that the Deployment's `annotations` tell of. A change of `config` does it by itself.
      - **Doors keep their source address** by `externalTrafficPolicy: Local`: only nodes with a gateway take connections of doors. The
        gateway does not speak PROXY protocol.
      - **Behind an Ingress** the API is by `ingress`; `networkPolicy.from.http` has to let its controller in. Answers take up to
        `config.unlock.deadline`, and `/events` sends something every 15 s: time-outs of the controller have to be longer.
      - **The heap follows the memory limit**: `jvm.heapPercentage` of it, and buffers outside of it may be half of the rest.
        10,000 doors on TLS need 169 MB of heap, and policies up to `config.cache.mebibytes-max`.
      - **Autoscaling by doors or attempts** asks for custom metrics: an adapter has to offer the sums of
        `vestibule_doors_connected` and `vestibule_unlocks_in_flight` of each pod ([below](#metrics-to-scale-by)). Doors stay where they
        are: a new gateway fills with those that connect anew.
      - **A gateway asks the issuer for its keys when it starts**, and ends if it gets none, so that its pod is started again and again
        while the issuer of `config.auth.jwks` is away. With `secrets.jwks` a start needs Redis alone.
      - **Several releases** before one Prometheus are told apart by `job`, which is namespace and release; one of them brings the
        alerts and dashboards.
      - **Alerts and dashboards** are the files in the project's `grafana/`, by links that Helm follows when it packs or installs
        the chart: take it from a checkout or from `helm package`.

      ## Metrics to scale by

      With prometheus-adapter, in its values (not tried in a cluster):

      ```yaml
      rules:
        custom:
          - seriesQuery: '{__name__=~"vestibule_(doors_connected|unlocks_in_flight)",namespace!="",pod!=""}'
            resources:
              overrides:
                namespace: {resource: namespace}
                pod: {resource: pod}
            metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)'
      ```

      ## A CA of your own

      Gateways know Redis (`rediss://`), the issuer (`config.auth.jwks`) and the collector of traces by the public CAs that come with Java, or
      instead by those of a file that Java reads:

      ```sh
      keytool -importcert -noprompt -alias ours -file our-ca.pem -keystore truststore.jks -storetype JKS -storepass changeit
      kubectl -n doors create configmap our-cas --from-file=truststore.jks
      ```

      `trustStore.existingConfigMap: our-cas` is all then; once more with another `-alias` for each further CA, public ones too. It has to open
      without a password, as a JKS file does whatever its own; a PKCS #12 file that has none is as good.
      """;

  private ReadmeText() {}

  static String of(ValuesFile values) {
    List<String> tops =
        values.comments().keySet().stream().filter(path -> !path.contains(".")).toList();
    return HEAD
        + "\n## Values\n\n"
        + table(values, tops.stream().filter(top -> !values.section(top)).toList())
        + tops.stream()
            .filter(values::section)
            .map(top -> section(values, top))
            .collect(Collectors.joining());
  }

  private static String section(ValuesFile values, String top) {
    String comment = values.comments().get(top);
    List<String> paths =
        values.comments().keySet().stream()
            .filter(path -> path.startsWith(top + ".") && !values.section(path))
            .toList();
    return "\n### "
        + top
        + "\n\n"
        + (comment.isEmpty() ? "" : comment + "\n\n")
        + table(values, paths);
  }

  private static String table(ValuesFile values, List<String> paths) {
    return "| value | default | what it is |\n| --- | --- | --- |\n"
        + paths.stream().map(path -> row(values, path)).collect(Collectors.joining());
  }

  private static String row(ValuesFile values, String path) {
    return "| `%s` | %s | %s |\n"
        .formatted(path, shown(values.at(path)), values.comments().get(path));
  }

  private static String shown(JsonNode value) {
    String text = value.isTextual() ? value.asText() : value.toString();
    return text.isEmpty() ? "empty" : "`" + text + "`";
  }
}
