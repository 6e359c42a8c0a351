package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.GatewayProcess;
import io.vestibule.testing.Jar;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.WireApi;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packed jar's command line, on each Java runtime found. */
final class CommandLineIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Map<Jdk, Path> PKIS = new HashMap<>();

  static List<Jdk> runtimes() {
    return Jdk.found();
  }

  /** For what no runtime has a say in. */
  static List<Jdk> oldestRuntime() {
    return Jdk.found().subList(0, 1);
  }

  @ParameterizedTest
  @MethodSource("runtimes")
  void help_namesTheCommands_andTheJvmWarnsOfNothing(Jdk jdk) throws Exception {
    Jar.Ended help = new Jar(jdk).run(LIMIT, "--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("serve", "demo", "doors", "pki", "token", "request");
    assertThat(help.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("runtimes")
  void version_isTheJarsOwn_withItsCommit(Jdk jdk) throws Exception {
    Jar.Ended version = new Jar(jdk).run(LIMIT, "--version");

    // An unpacked archive is no repository, and has no commit.
    String commit = Files.exists(Path.of(".git")) ? " \\([0-9a-f]{12}(, changed)?\\)" : "";
    assertThat(version.out()).matches("vestibule \\d+\\.\\d+\\.\\d+\\S*" + commit + "\\R");
  }

  @ParameterizedTest
  @MethodSource("runtimes")
  void serve_startsAndDrains_withoutAWarningOfTheJvms(Jdk jdk) throws Exception {
    Path pki = pki(jdk);
    try (GatewayProcess gateway =
        GatewayProcess.start(new Jar(jdk), pki.resolve("vestibule.yaml"), Map.of()).ready()) {
      WireApi management = WireApi.at(gateway.port("management"), "none");
      assertThat(management.get("/health/ready").status()).isEqualTo(200);

      assertThat(gateway.terminate(LIMIT)).isZero();
      // On a slow machine a line of ours may name what it caught; a stack it may not have.
      assertThat(gateway.err()).doesNotContainPattern("(?m)^(WARNING|\\s+at )|ERROR");
    }
  }

  @ParameterizedTest
  @MethodSource("oldestRuntime")
  void serve_faultsInTheConfiguration_allNamed_exit78(Jdk jdk) throws Exception {
    Path file =
        Files.writeString(
            Files.createTempFile("bad", ".yaml"),
            "http:\n  port: 99999\nunlock:\n  deadline: soon\nmqqt: {}\n");
    try (GatewayProcess gateway =
        GatewayProcess.start(Jar.quick(jdk), file, Map.of("VESTIBULE_HTTP_PORT", "99999"))) {
      assertThat(gateway.ended(LIMIT)).isEqualTo(78);
      assertThat(gateway.err())
          .contains(
              "http.port", "99999", "unlock.deadline", "soon", "mqqt", "signing.key", "auth.jwks");
    }
  }

  @ParameterizedTest
  @MethodSource("oldestRuntime")
  void serve_portTaken_oneLineNamesIt(Jdk jdk) throws Exception {
    Path pki = pki(jdk);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> settings =
          Map.of("VESTIBULE_MQTT_TLS_PORT", String.valueOf(taken.getLocalPort()));
      try (GatewayProcess gateway =
          GatewayProcess.start(Jar.quick(jdk), pki.resolve("vestibule.yaml"), settings)) {
        assertThat(gateway.ended(LIMIT)).isEqualTo(1);
        assertThat(gateway.err().lines().filter(line -> line.startsWith("vestibule:")))
            .singleElement()
            .asString()
            .contains(String.valueOf(taken.getLocalPort()));
        assertThat(gateway.err()).doesNotContain("\tat ");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("oldestRuntime")
  void serve_redisAbsent_keepsTryingSaysSo_andIsNotReady(Jdk jdk) throws Exception {
    Path pki = pki(jdk);
    Map<String, String> settings =
        Map.of(
            "VESTIBULE_REDIS_EMBEDDED", "false",
            "VESTIBULE_REDIS_ENDPOINTS", "redis://127.0.0.1:1",
            "VESTIBULE_MANAGEMENT_PORT", "0");
    try (GatewayProcess gateway =
        GatewayProcess.start(Jar.quick(jdk), pki.resolve("vestibule.yaml"), settings)) {
      Awaitility.await().atMost(LIMIT).until(() -> gateway.err().contains("127.0.0.1:1"));

      assertThat(gateway.alive()).isTrue();
      assertThat(gateway.out()).doesNotContain("ready");
      assertThat(gateway.terminate(LIMIT)).isZero();
    }
  }

  /** Made once by each runtime; a gateway writes nothing to it. */
  private static Path pki(Jdk jdk) throws Exception {
    if (!PKIS.containsKey(jdk)) {
      Path pki = Files.createTempDirectory("pki");
      assertThat(new Jar(jdk).run(LIMIT, "pki", pki.toString()).exit()).isZero();
      PKIS.put(jdk, pki);
    }
    return PKIS.get(jdk);
  }
}
