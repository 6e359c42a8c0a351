package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that make no sense fail in {@code helm template}, each with one sentence. */
final class ChartFaultsTest {
  private static final Pattern SENTENCE =
      Pattern.compile("append \\$faults \\(?(?:printf )?\"([^\"]+)\"");

  private static final String UNNAMED =
      "The release would be called %s, and Services take a letter first, then letters, digits and dashes: set fullnameOverride.";

  static Stream<Arguments> nonsense() {
    return Stream.of(
        arguments(
            "minimal",
            "config: {redis: {endpoints: []}}",
            "config.redis.endpoints is empty: name your Redis there, or a Secret with its URL in secrets.redis.existingSecret, or set redis.trial.enabled for a trial."),
        arguments(
            "minimal",
            "redis: {trial: {enabled: true}}",
            "config.redis.endpoints, secrets.redis.existingSecret and redis.trial.enabled say each where Redis is: keep one of them."),
        arguments(
            "minimal",
            "config: {redis: {endpoints: ['redis://:hidden@redis.data:6379']}}",
            "config.redis.endpoints has a URL with a user or a password, which a ConfigMap would show: put the URLs into a Secret and name it in secrets.redis.existingSecret."),
        arguments(
            "minimal",
            "config: {redis: {endpoints: ['redis://127.0.0.1:6379']}}",
            "config.redis.endpoints has redis://127.0.0.1:6379, which is the pod itself: name a Service or a host, or set redis.trial.enabled for a trial."),
        arguments(
            "cluster",
            "config: {redis: {mode: standalone}}",
            "config.redis.endpoints has several URLs where config.redis.mode is standalone: keep one, or set the mode to sentinel or cluster."),
        arguments(
            "trial",
            "config: {redis: {mode: cluster}}",
            "config.redis.mode is cluster, but redis.trial.enabled makes a single Redis: remove config.redis.mode, or the trial."),
        arguments(
            "minimal",
            "config: {redis: {embedded: true}}",
            "config.redis.embedded would give each gateway a Redis of its own that a restart empties: remove it, and set redis.trial.enabled for a trial."),
        arguments(
            "cluster",
            "config: {store: {durability: disk}}",
            "config.store.durability is disk, which a cluster cannot confirm: set it to primary, or config.redis.mode to standalone or sentinel."),
        arguments(
            "trial",
            "config: {store: {durability: replica}}",
            "config.store.durability is replica, but the Redis of redis.trial.enabled has none: set it to primary."),
        arguments(
            "cert-manager",
            "secrets: {mqttTls: {existingSecret: doors-tls}}",
            "secrets.mqttTls.existingSecret and certManager.mqtt.enabled both give the certificate of MQTT: keep one of them."),
        arguments(
            "cert-manager",
            "secrets: {httpTls: {existingSecret: api-tls}}",
            "secrets.httpTls.existingSecret and certManager.http.enabled both give the certificate of HTTP: keep one of them."),
        arguments(
            "cert-manager",
            "certManager: {issuerRef: {name: ''}, http: {enabled: false}}\nservice: {http: {type: ClusterIP}}",
            "certManager.issuerRef.name is empty where certManager.mqtt.enabled asks for a certificate: name your issuer."),
        arguments(
            "cert-manager",
            "certManager: {mqtt: {dnsNames: []}}",
            "certManager.mqtt.dnsNames is empty: list the names that clients of MQTT connect to."),
        arguments(
            "minimal",
            "secrets: {mqttTls: {existingSecret: ''}}",
            "secrets.mqttTls.existingSecret is empty: doors connect over TLS, so name a Secret with certificate and key, or set certManager.mqtt.enabled."),
        arguments(
            "minimal",
            "config: {http: {tls: {port: 8443}}}",
            "config.http.tls.port is 8443 without a certificate: name a Secret in secrets.httpTls.existingSecret, or set certManager.http.enabled, or the port to off."),
        arguments(
            "minimal",
            "secrets: {clientCa: {existingSecret: ''}}",
            "secrets.clientCa.existingSecret is empty: name a Secret with the CA that signs the certificates of doors."),
        arguments(
            "minimal",
            "secrets: {signing: {existingSecret: ''}}",
            "secrets.signing.existingSecret is empty: name a Secret with the key that signs commands to doors."),
        arguments(
            "minimal",
            "secrets: {signing: {keys: [a.pem, a.pem]}}",
            "secrets.signing.keys names an entry twice: keep one."),
        arguments(
            "minimal",
            "config: {auth: {issuer: ''}}",
            "config.auth.issuer is empty: set the iss that bearer tokens of your issuer carry."),
        arguments(
            "minimal",
            "config: {auth: {audience: ''}}",
            "config.auth.audience is empty: set the aud that bearer tokens of your issuer carry."),
        arguments(
            "minimal",
            "config: {auth: {jwks: ''}}",
            "config.auth.jwks is empty: set the URL of your issuer's keys, or name a Secret with them in secrets.jwks.existingSecret."),
        arguments(
            "minimal",
            "secrets: {jwks: {existingSecret: keys}}",
            "config.auth.jwks and secrets.jwks.existingSecret both give the issuer's keys: keep one of them."),
        arguments(
            "minimal",
            "config: {auth: {jwks: jwks.json}}",
            "config.auth.jwks is jwks.json, which is no file of the pod and no URL: set an http(s) URL, or name a Secret in secrets.jwks.existingSecret."),
        arguments(
            "minimal",
            "config: {mqtt: {tls: {client-ca: ca.pem}}}",
            "config.mqtt.tls.client-ca names a file, and only a Secret brings one into the pod: name it in secrets.clientCa.existingSecret instead."),
        arguments(
            "minimal",
            "config: {http: {port: 80}}",
            "config.http.port is 80, which a container without rights may not open: take one from 1024 on, and let the port of the Service be 80."),
        arguments(
            "minimal",
            "config: {mqtt: {plain: {port: 8080}}}",
            "config.mqtt.plain.port is 8080, and so is config.http.port: two listeners never share a port, change one."),
        arguments(
            "minimal",
            "config: {management: {host: 127.0.0.1}}",
            "config.management.host is 127.0.0.1, which nobody outside of the pod reaches: remove it, and restrict who may connect by networkPolicy."),
        arguments(
            "minimal",
            "config: {node: {id: gateway-1}}",
            "config.node.id would be the same on every gateway, and doors be sought on the wrong one: remove it, each has its pod's name."),
        arguments(
            "minimal",
            "termination: {graceSeconds: 30}",
            "termination.graceSeconds is 30, but with config.unlock.deadline of 8s and termination.preStopSeconds of 5 a drain takes up to 38 s: set more than that, or 0 to have it computed."),
        arguments(
            "production",
            "config: {unlock: {deadline: 60s}}",
            "termination.graceSeconds is 90, but with config.unlock.deadline of 60s and termination.preStopSeconds of 10 a drain takes up to 95 s: set more than that, or 0 to have it computed."),
        arguments(
            "minimal",
            "config: {unlock: {deadline: 5s}}",
            "config.unlock.deadline is 5s, and config.unlock.ack-timeout is 5s: the deadline has to be the longer one."),
        arguments(
            "minimal",
            "config: {redis: {endpoints: ['redis://redis.data:99999']}}",
            "config.redis.endpoints has redis://redis.data:99999, whose port there cannot be: set one from 1 to 65535."),
        arguments(
            "minimal",
            "connectionTest: {image: {tag: ''}}",
            "connectionTest.image.tag is empty: name a version, or a digest in connectionTest.image.digest."),
        arguments(
            "minimal",
            "rollout: {maxUnavailable: 100%}",
            "rollout.maxUnavailable is 100% and replicas is 2, so that an upgrade would end all gateways at once: lower it."),
        arguments(
            "minimal",
            "config: {node: {lease: 30s}}",
            "config.node.lease is 30s, which no gateway takes: set a duration from 1s to 5s."),
        arguments(
            "cert-manager",
            "certManager: {renewBefore: 90m, duration: 1h}",
            "certManager.renewBefore is 90m, not shorter than certManager.duration of 1h: a certificate would be renewed for ever."),
        arguments(
            "minimal",
            "resources: {requests: {memory: 2Gi}}",
            "resources.requests.memory is 2Gi, more than resources.limits.memory of 1Gi: raise the limit."),
        arguments(
            "minimal",
            "resources: {requests: {memory: 500M}, limits: {memory: 500M}}",
            "config.cache.mebibytes-max is 128, more than half of the heap of 238 MiB that resources.limits.memory and jvm.heapPercentage give: raise the limit, or lower the cache."),
        arguments(
            "minimal",
            "jvm: {options: ['-Xmx2g']}",
            "jvm.options has -Xmx2g, with which the heap no longer follows the memory limit: set jvm.heapPercentage instead."),
        arguments(
            "minimal",
            "jvm: {options: ['-XX:MaxRAM=2g']}",
            "jvm.options has -XX:MaxRAM=2g, with which the heap no longer follows the memory limit: set jvm.heapPercentage instead."),
        arguments(
            "monitoring",
            "autoscaling: {minReplicas: 7}",
            "autoscaling.minReplicas is 7, more than autoscaling.maxReplicas of 6: raise the one or lower the other."),
        arguments(
            "monitoring",
            "autoscaling: {cpuUtilization: 0}",
            "autoscaling.enabled has nothing to go by: set autoscaling.cpuUtilization, autoscaling.doorsPerGateway or autoscaling.inFlightPerGateway."),
        arguments(
            "minimal",
            "podDisruptionBudget: {minAvailable: 1, maxUnavailable: 1}",
            "podDisruptionBudget.minAvailable and podDisruptionBudget.maxUnavailable exclude each other: empty one."),
        arguments(
            "minimal",
            "podDisruptionBudget: {minAvailable: 2}",
            "podDisruptionBudget.minAvailable is 2 and replicas is 2, so that no node could be drained: lower it, or run more gateways."),
        arguments(
            "production",
            "podDisruptionBudget: {minAvailable: 4}",
            "podDisruptionBudget.minAvailable is 4 and autoscaling.minReplicas is 4, so that no node could be drained: lower it, or run more gateways."),
        arguments(
            "minimal",
            "podDisruptionBudget: {maxUnavailable: 0}",
            "podDisruptionBudget.maxUnavailable is 0, so that no node could be drained: set 1."),
        arguments(
            "minimal",
            "podLabels: {app.kubernetes.io/name: other}",
            "podLabels has app.kubernetes.io/name, which is the chart's own and finds the pods: remove it."),
        arguments(
            "minimal",
            "rollout: {maxSurge: 0}",
            "rollout.maxSurge and rollout.maxUnavailable are both 0, so that no gateway could be replaced: set rollout.maxSurge to 1."),
        arguments(
            "plain-mqtt",
            "service: {mqttPlain: {type: LoadBalancer}}",
            "service.mqttPlain.type is LoadBalancer, which would carry the secrets of doors in the clear beyond the cluster: keep ClusterIP, and let doors outside use TLS."),
        arguments(
            "minimal",
            "service: {http: {type: LoadBalancer}}",
            "service.http.type is LoadBalancer without TLS, so that bearer tokens would go in the clear: name a certificate in secrets.httpTls.existingSecret or set certManager.http.enabled, or keep ClusterIP behind an Ingress."),
        arguments(
            "production",
            "service: {http: {tlsPort: 80}}",
            "service.http.port and service.http.tlsPort are both 80: change one."),
        arguments(
            "production",
            "service: {mqtt: {type: ClusterIP}}",
            "service.mqtt.type is ClusterIP, where service.mqtt.loadBalancerClass and service.mqtt.loadBalancerSourceRanges have no effect: empty them, or set LoadBalancer."),
        arguments(
            "sentinel",
            "networkPolicy: {to: {redis: []}}",
            "networkPolicy.to.redis is empty, so that no gateway would reach Redis: list its pods or addresses."),
        arguments(
            "production",
            "networkPolicy: {to: {jwks: []}}",
            "networkPolicy.to.jwks is empty, so that no gateway would reach config.auth.jwks: list who serves it."),
        arguments(
            "production",
            "networkPolicy: {to: {tracing: []}}",
            "networkPolicy.to.tracing is empty, so that no gateway would reach config.tracing.endpoint: list the collector."),
        arguments(
            "plain-mqtt",
            "networkPolicy: {from: {mqttPlain: []}}",
            "networkPolicy.from.mqttPlain is empty, so that no door would reach config.mqtt.plain.port: list who may, or set the port to off."),
        arguments(
            "production",
            "networkPolicy: {from: {management: []}}",
            "networkPolicy.from.management is empty, so that Prometheus would not reach the metrics: list its namespace or its pods."),
        arguments(
            "minimal",
            "image: {tag: latest}",
            "image.tag is latest, which moves, so that gateways of one release would differ: name a version, or a digest in image.digest."),
        arguments(
            "minimal",
            "config: {redis: {endpoints: ['redis://redis.data:6379?master=doors']}}",
            "config.redis.endpoints has redis://redis.data:6379?master=doors with a master, which Sentinels alone are asked for, where config.redis.mode is standalone: remove it, or set the mode to sentinel."),
        arguments(
            "minimal",
            "config: {auth: {jwks: 'http://localhost:8080/keys'}}",
            "config.auth.jwks is http://localhost:8080/keys, which is the pod itself: name the host of your issuer, or a Secret in secrets.jwks.existingSecret."),
        arguments(
            "cert-manager",
            "{config: {http: {tls: {port: 'off'}}}, service: {http: {type: ClusterIP}}}",
            "certManager.http.enabled makes a certificate that nothing uses, since config.http.tls.port is off: set a port, or certManager.http.enabled to false."),
        arguments(
            "cert-manager",
            "certManager: {duration: 1h, renewBefore: 1m}",
            "certManager.duration is 1h and certManager.renewBefore is 1m, where cert-manager asks for 1h and 5m at the least: lengthen them."),
        arguments(
            "minimal",
            "resources: {requests: {cpu: 4}, limits: {cpu: 2500m}}",
            "resources.requests.cpu is 4, more than resources.limits.cpu of 2500m: raise the limit, or empty it."),
        arguments(
            "trial",
            "redis: {trial: {resources: {requests: {memory: 1Gi}}}}",
            "redis.trial.resources.requests.memory is 1Gi, more than redis.trial.resources.limits.memory of 256Mi: raise the limit."),
        arguments(
            "trial",
            "redis: {trial: {resources: {requests: {memory: 16Mi}, limits: {memory: 32Mi}}}}",
            "redis.trial.resources.limits.memory is 32Mi, in which Redis has no room for anything: set 64Mi or more."),
        arguments(
            "minimal",
            "{resources: {requests: {memory: 512Mi}, limits: {memory: 640Mi}}, jvm: {heapPercentage: 80}, config: {cache: {mebibytes-max: 64}}}",
            "resources.limits.memory of 640Mi leaves 128 MiB beside the heap that jvm.heapPercentage takes, and the JVM, TLS and buffers need 200: raise the limit, or lower the percentage."),
        arguments(
            "minimal",
            "jvm: {options: ['-XX:+UseZGC']}",
            "jvm.options has -XX:+UseZGC, a second collector beside the parallel one, with which no JVM starts: put -XX:-UseParallelGC before it."),
        arguments(
            "minimal",
            "podDisruptionBudget: {minAvailable: 75%}",
            "podDisruptionBudget.minAvailable is 75% and replicas is 2, so that no node could be drained: lower it, or run more gateways."),
        arguments(
            "trial",
            "podDisruptionBudget: {minAvailable: 1}",
            "podDisruptionBudget.minAvailable is 1 and replicas is 1, so that no node could be drained: lower it, or run more gateways."),
        arguments(
            "minimal",
            "service: {http: {loadBalancerSourceRanges: [10.0.0.0/8]}}",
            "service.http.type is ClusterIP, where service.http.loadBalancerClass and service.http.loadBalancerSourceRanges have no effect: empty them, or set LoadBalancer."),
        arguments(
            "minimal",
            "ingress: {enabled: true}",
            "ingress.hosts is empty: list the names that apps and backends connect to."),
        arguments(
            "minimal",
            "ingress: {enabled: true, hosts: [api.example], backend: https}",
            "ingress.backend is https, but the API has no TLS of its own: set http, or name a certificate in secrets.httpTls.existingSecret."),
        arguments(
            "cert-manager",
            "ingress: {enabled: true, hosts: [api.example]}",
            "ingress.backend is http, a port that the Service does not have where service.http.type is LoadBalancer: set https, or the type to ClusterIP."),
        arguments(
            "sentinel",
            "networkPolicy: {from: {mqtt: []}}",
            "networkPolicy.from.mqtt is empty, so that no door would reach config.mqtt.tls.port: list who may."),
        arguments(
            "production",
            "networkPolicy: {from: {http: []}}",
            "networkPolicy.from.http is empty, so that the controller of ingress.enabled would not reach the API: list its namespace or its pods."),
        arguments(
            "cert-manager",
            "networkPolicy: {enabled: true, to: {redis: [{podSelector: {}}], jwks: [{podSelector: {}}]}}",
            "networkPolicy.from.http has no ipBlock, so that nobody outside of the cluster would reach the API where service.http.type is LoadBalancer: list the networks of apps and backends."),
        arguments(
            "plain-mqtt",
            "{networkPolicy: {to: {dns: []}}, config: {auth: {jwks: 'http://10.30.0.6/jwks.json'}}}",
            "networkPolicy.to.dns is empty, so that no gateway would find the address of redis://redis.data: list the name servers."),
        arguments(
            "trial",
            "networkPolicy: {enabled: true, from: {mqttPlain: [{podSelector: {}}]}, to: {dns: []}}",
            "networkPolicy.to.dns is empty, so that no gateway would find the address of redis://vestibule-redis:6379: list the name servers."),
        arguments(
            "production",
            "networkPolicy: {redisPorts: []}",
            "networkPolicy.redisPorts is empty, and so is config.redis.endpoints, so that every port of networkPolicy.to.redis would be open: list those of the URLs in secrets.redis.existingSecret."),
        arguments(
            "minimal",
            "image: {repository: 'registry.example:5000/vestibule:0.1.0'}",
            "image.repository is registry.example:5000/vestibule:0.1.0, which has a tag: set it in image.tag."),
        arguments(
            "minimal",
            "extraEnv: [{name: VESTIBULE_NODE_ID, value: one}]",
            "extraEnv has VESTIBULE_NODE_ID, which goes past what this chart checks and computes: set the value under config or jvm."),
        arguments(
            "minimal",
            "extraEnv: [{name: _JAVA_OPTIONS, value: -Xmx8g}]",
            "extraEnv has _JAVA_OPTIONS, which goes past what this chart checks and computes: set the value under config or jvm."));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void nonsense_isRefused_withOneSentenceThatNamesValueAndMend(
      String scenario, String values, String sentence) {
    String refusal = Chart.refusal(scenario, values);

    assertThat(sentences(refusal)).containsExactly(sentence);
  }

  @ParameterizedTest
  @CsvSource({"1st, 1st-vestibule", "vestibule.eu, vestibule.eu"})
  void releaseThatServicesCannotBeNamedAfter_isRefused(String release, String name) {
    assertThat(sentences(Chart.refusal(release, "minimal", "")))
        .containsExactly(UNNAMED.formatted(name));
    assertThat(Chart.refusal(release, "minimal", "fullnameOverride: doors")).isEmpty();
  }

  @Test
  void valuesAtTheEdgeOfSense_areTaken() {
    assertThat(
            Stream.of(
                "podDisruptionBudget: {minAvailable: 50%}",
                "rollout: {maxUnavailable: 1}",
                "{replicas: 1, rollout: {maxUnavailable: 100%}}",
                "tolerations: [{key: a, value: b}, {operator: Exists}]",
                "jvm: {options: ['-XX:-UseParallelGC', '-XX:+UseZGC']}",
                "resources: {requests: {cpu: 1500m}, limits: {cpu: 1.5}}",
                "service: {mqtt: {loadBalancerSourceRanges: ['::/0', 10.0.0.0/8]}}",
                "image: {repository: 'registry.example:5000/vestibule'}"))
        .allSatisfy(values -> assertThat(Chart.refusal("minimal", values)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "redis://10.0.0.1:26379?master=doors, https://10.0.0.1?keys",
    "redis://[2001:db8::1]:26379, https://10.0.0.1:8443/keys"
  })
  void networkOfAddresses_needsNoNameServers(String redis, String jwks) {
    String values =
        """
        config: {redis: {mode: sentinel, endpoints: ['%s']}, auth: {jwks: '%s'}}
        networkPolicy: {enabled: true, to: {dns: [], redis: [{podSelector: {}}], jwks: [{podSelector: {}}]}}
        """;

    assertThat(Chart.refusal("minimal", values.formatted(redis, jwks))).isEmpty();
  }

  @Test
  void faults_areToldAllAtOnce() {
    String refusal =
        Chart.refusal(
            "minimal",
            """
            secrets: {signing: {existingSecret: ''}, clientCa: {existingSecret: ''}}
            image: {tag: latest}
            """);

    assertThat(sentences(refusal)).hasSize(3);
  }

  @Test
  void everySentence_hasACase() throws IOException {
    String checks = checks("_checks.tpl") + checks("_checks-cluster.tpl");
    Set<String> told =
        nonsense().map(one -> (String) one.get()[2]).collect(Collectors.toCollection(TreeSet::new));
    told.add(UNNAMED.formatted("1st-vestibule"));

    assertThat(SENTENCE.matcher(checks).results().map((MatchResult found) -> found.group(1)))
        .hasSizeGreaterThan(40)
        .allMatch(form -> told.stream().anyMatch(sentence -> sentence.matches(pattern(form))));
  }

  @ParameterizedTest
  @MethodSource
  void unknownAndMistypedValues_areRefusedByTheSchema(String values, String path) {
    assertThat(Chart.refusal("minimal", values)).contains("schema").contains(path);
  }

  static Stream<Arguments> unknownAndMistypedValues_areRefusedByTheSchema() {
    return Stream.of(
        arguments("replicaCount: 3", "replicaCount"),
        arguments("config: {http: {prt: 1}}", "prt"),
        arguments("config: {unlock: {deadline: 8}}", "deadline"),
        arguments("config: {redis: {mode: single}}", "mode"),
        arguments("config: {redis: {endpoints: ['http://redis']}}", "endpoints"),
        arguments("replicas: 0", "replicas"),
        arguments("resources: {limits: {memory: 1GB}}", "memory"),
        arguments("resources: {limits: {memory: ''}}", "memory"),
        arguments("networkPolicy: {from: {mqtt: [{ipblock: {cidr: 10.0.0.0/8}}]}}", "ipblock"),
        arguments("image: {digest: sha256:1}", "digest"),
        arguments("config: {unlock: {rate-per-door: 2000000/m}}", "rate-per-door"),
        arguments("config: {tracing: {endpoint: 'collector:4318'}}", "endpoint"),
        arguments("config: {redis: {endpoints: ['redis://']}}", "endpoints"),
        arguments("ingress: {hosts: [10.0.0.1]}", "hosts"),
        arguments(
            "networkPolicy: {from: {http: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}}",
            "http"),
        arguments(
            "extraEnv: [{name: A, value: b, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]",
            "extraEnv"),
        arguments("replicas: null", "replicas"),
        arguments("resources: null", "resources"),
        arguments("resources: {limits: {memory: null}}", "memory"),
        arguments("networkPolicy: {to: {dns: null}}", "dns"),
        arguments("secrets: {signing: {keys: ['..']}}", "keys"),
        arguments("podLabels: {'bad key!': a}", "bad key!"),
        arguments("podLabels: {team: 'not a value!'}", "team"),
        arguments("nodeSelector: {disk: 'not one!'}", "disk"),
        arguments("priorityClassName: Very High", "priorityClassName"),
        arguments("serviceAccount: {name: Bad_Name}", "serviceAccount"),
        arguments("monitoring: {dashboards: {label: 'bad label!'}}", "label"),
        arguments("tolerations: [{key: a, operator: Exists, value: b}]", "tolerations"),
        arguments("replicas: '3'", "replicas"),
        arguments("replicas: 1.5", "replicas"),
        arguments("autoscaling: {enabled: 'yes'}", "enabled"),
        arguments("autoscaling: {minReplicas: 0}", "minReplicas"),
        arguments("termination: {preStopSeconds: -1}", "preStopSeconds"),
        arguments("jvm: {heapPercentage: 95}", "heapPercentage"),
        arguments("jvm: {options: ['-Da=b c']}", "options"),
        arguments("resources: {requests: {cpu: '0'}}", "cpu"),
        arguments("resources: {limits: {cpu: 0m}}", "cpu"),
        arguments("resources: {limits: {memory: -1Gi}}", "memory"),
        arguments("rollout: {minReadySeconds: 900}", "minReadySeconds"),
        arguments("config: {mqtt: {tls: {port: 70000}}}", "port"),
        arguments("config: {http: {port: '8080'}}", "port"),
        arguments("config: {store: {durability: both}}", "durability"),
        arguments("config: {tracing: {ratio: 2}}", "ratio"),
        arguments(
            "service: {mqtt: {loadBalancerSourceRanges: [10.0.0.0/33]}}",
            "loadBalancerSourceRanges"),
        arguments("service: {mqtt: {annotations: {a: 1}}}", "annotations"),
        arguments("networkPolicy: {to: {redis: [{}]}}", "redis"),
        arguments("networkPolicy: {dnsPorts: []}", "dnsPorts"),
        arguments("networkPolicy: {from: {http: [{ipBlock: {cidr: 10.1.2.3}}]}}", "cidr"),
        arguments("ingress: {hosts: ['https://api.example']}", "hosts"),
        arguments("ingress: {hosts: [api.example, api.example]}", "hosts"),
        arguments("affinity: {nodeAntiAffinity: {}}", "nodeAntiAffinity"),
        arguments("extraEnv: [{value: a}]", "extraEnv"),
        arguments("secrets: {clientCa: {existingSecret: Doors_CA}}", "existingSecret"),
        arguments("secrets: {signing: {keys: [../key.pem]}}", "keys"),
        arguments("fullnameOverride: Elm_Street", "fullnameOverride"),
        arguments("topologySpread: {zone: Never}", "zone"),
        arguments("tolerations: [{key: doors, effect: NoRun}]", "effect"));
  }

  private static String checks(String template) throws IOException {
    return Files.readString(Chart.FOLDER.resolve("templates").resolve(template));
  }

  private static List<String> sentences(String refusal) {
    return refusal
        .lines()
        .map(String::strip)
        .filter(line -> line.endsWith(".") && line.contains(" "))
        .toList();
  }

  private static String pattern(String form) {
    return Stream.of(form.split("%[sd]", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
  }
}
