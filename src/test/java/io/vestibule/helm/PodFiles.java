package io.vestibule.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.access.DoorId;
import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFailed;
import io.vestibule.app.pki.PkiFiles;
import io.vestibule.config.Config;
import io.vestibule.config.ConfigFaults;
import io.vestibule.config.ConfigReader;
import io.vestibule.testing.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a gateway's pod would find under {@code /etc/vestibule}, and what it makes of
 * them.
 */
final class PodFiles {
  private final Path pod;
  private final PkiFiles pki;
  private final Path doorsCa;
  private final Path crl;

  /** {@code directory} is for all that is made. */
  PodFiles(Path directory) {
    this.pod = directory.resolve("pod");
    this.pki = new PkiFiles(directory.resolve("pki"));
    try {
      DevPki.create(pki.dir(), List.of(new DoorId("door-1")));
      TestPki doors = new TestPki(Files.createDirectories(directory.resolve("doors")));
      this.doorsCa = doors.file("ca.pem");
      this.crl = doors.revoke();
    } catch (PkiFailed | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The configuration as the gateway's own reader takes it, from the files and the environment. */
  Config read(Rendered rendered) throws ConfigFaults {
    Path file = mount(rendered).resolve("vestibule.yaml");
    return new ConfigReader(environment(rendered), () -> "host").read(Optional.of(file));
  }

  private Path mount(Rendered rendered) {
    JsonNode volume = volume(rendered);
    Path root = pod.resolve(Integer.toHexString(System.identityHashCode(rendered)));
    for (JsonNode source : Rendered.items(volume.at("/projected/sources"))) {
      for (JsonNode item : Rendered.items(source.findPath("items"))) {
        String path = item.path("path").asText();
        write(root.resolve(path), source.has("configMap") ? rendered.configText() : secret(path));
      }
    }
    return root;
  }

  private static JsonNode volume(Rendered rendered) {
    JsonNode mount =
        Rendered.items(rendered.gatewayContainer().path("volumeMounts")).stream()
            .filter(one -> one.path("mountPath").asText().equals("/etc/vestibule"))
            .findFirst()
            .orElseThrow();
    return Rendered.items(rendered.gatewayPod().path("volumes")).stream()
        .filter(one -> one.path("name").equals(mount.path("name")))
        .findFirst()
        .orElseThrow();
  }

  private String secret(String path) {
    Path file =
        switch (path) {
          case "mqtt/tls.crt", "http/tls.crt" -> pki.server();
          case "mqtt/tls.key", "http/tls.key" -> pki.serverKey();
          case "doors/ca.crt" -> doorsCa;
          case "doors/ca.crl" -> crl;
          case "auth/jwks.json" -> pki.authJwks();
          default -> path.startsWith("signing/") ? pki.signingKey() : Path.of(path);
        };
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment(Rendered rendered) {
    Map<String, String> environment = new HashMap<>();
    for (JsonNode variable : Rendered.items(rendered.gatewayContainer().path("env"))) {
      String name = variable.path("name").asText();
      environment.put(name, variable.path("value").asText(referred(name)));
    }
    return environment;
  }

  private static String referred(String variable) {
    return variable.equals("VESTIBULE_REDIS_ENDPOINTS")
        ? "rediss://user:password@redis.data:6380"
        : "vestibule-5d8f7c9b4-x7k2p";
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
