package io.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class ConfigReaderFuzzTest {
  private static Path file = Path.of("");
  private static Path pem = Path.of("");

  @BeforeContainer
  static void makeFiles() throws IOException {
    file = Files.createTempFile("config", ".yaml");
    pem = Files.createTempFile("config", ".pem");
  }

  @AfterContainer
  static void removeFiles() throws IOException {
    Files.delete(file);
    Files.delete(pem);
  }

  @Property(tries = 500)
  void anyBytes_areRefusedByFaultsAlone(@ForAll byte[] bytes) {
    refused(bytes, Map.of());
  }

  @Property(tries = 1_000)
  void anyYaml_isRefusedByFaultsAlone(@ForAll("yaml") String yaml) {
    refused(yaml.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  @Property(tries = 300)
  void anyEnvironment_isRefusedByFaultsAlone(
      @ForAll("variables") String variable, @ForAll String value) {
    refused(new byte[0], Map.of(variable, value));
  }

  @Property(tries = 300)
  void anyNamedFile_isRefusedByFaultsAlone(@ForAll("pem") String text) throws IOException {
    Files.writeString(pem, text);
    String yaml =
        "mqtt.tls: {certificate: %s, key: %s, client-ca: %s, crl: %s}\nsigning.key: %s\nauth.jwks: %s"
            .replace("%s", pem.toString());

    refused(yaml.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  @Provide
  Arbitrary<String> yaml() {
    Arbitrary<String> token =
        Arbitraries.of(
            "http",
            "port",
            ":",
            ": ",
            "\n",
            "\n  ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&a ",
            "*a",
            "<<: ",
            "!!set ",
            "!!java.net.URL ",
            "? ",
            "| ",
            "> ",
            "'",
            "\"",
            "#",
            "---\n",
            "...\n",
            "%YAML 9.9\n",
            "~",
            "0x1F",
            "1e999",
            "8s",
            ".nan",
            "\t",
            "\\x",
            "\u0000",
            "\uD800",
            "redis.endpoints",
            "signing.key",
            "mqtt.tls.key",
            "off",
            "@",
            "`");
    return token.list().ofMaxSize(40).map(tokens -> String.join("", tokens));
  }

  @Provide
  Arbitrary<String> variables() {
    return Arbitraries.oneOf(
        Arbitraries.of(Key.values()).map(Key::environment),
        Arbitraries.strings().ofMaxLength(90).map(text -> "VESTIBULE_" + text));
  }

  @Provide
  Arbitrary<String> pem() {
    Arbitrary<String> label =
        Arbitraries.of("PRIVATE KEY", "CERTIFICATE", "X509 CRL", "EC PRIVATE KEY");
    Arbitrary<String> body =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(60),
            Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(80)
                .map(bytes -> Base64.getEncoder().encodeToString(bytes)));
    return Combinators.combine(label, body)
        .as(
            (name, text) ->
                "-----BEGIN " + name + "-----\n" + text + "\n-----END " + name + "-----\n");
  }

  private static void refused(byte[] bytes, Map<String, String> environment) {
    try {
      Files.write(file, bytes);
      new ConfigReader(environment, () -> "node").read(Optional.of(file));
      fail("a configuration without required keys was taken");
    } catch (ConfigFaults e) {
      assertThat(e.faults()).isNotEmpty().allMatch(fault -> fault.toString().lines().count() == 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
