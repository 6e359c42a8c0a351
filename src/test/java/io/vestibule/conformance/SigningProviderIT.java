package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.signing.Providers;
import io.vestibule.testing.GatewayProcess;
import io.vestibule.testing.Jar;
import io.vestibule.testing.Jdk;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The packed jar says who signs and verifies, also where the native library does not load. */
@Tag("system")
final class SigningProviderIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  static Stream<Arguments> providers() {
    return Stream.of(
        Arguments.of(false, Providers.install().code()), Arguments.of(true, "bouncy_castle"));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void scrape_namesTheProvider(boolean withoutNativeLibrary, String provider) throws Exception {
    Jar jar = Jar.quick(Jdk.found().get(0));
    Path pki = Files.createTempDirectory("pki");
    assertThat(jar.run(LIMIT, "pki", pki.toString()).exit()).isZero();
    Map<String, String> settings =
        Map.of(
            "JDK_JAVA_OPTIONS",
            "-Dcom.amazon.corretto.crypto.provider.useExternalLib=" + withoutNativeLibrary);

    try (GatewayProcess gateway =
        GatewayProcess.start(jar, pki.resolve("vestibule.yaml"), settings).ready()) {
      assertThat(scrape(gateway.port("management")).lines())
          .filteredOn(line -> line.startsWith("vestibule_signing_provider_info"))
          .singleElement()
          .asString()
          .matches("vestibule_signing_provider_info\\{provider=\"" + provider + "\"} 1(\\.0)?");
    }
  }

  private static String scrape(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(LIMIT)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
