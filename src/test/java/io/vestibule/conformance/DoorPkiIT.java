package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.Jdk;
import io.vestibule.testing.WireDoor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/OPERATIONS.md has an operator do for the doors' certificates, as it is written. */
@Tag("system")
final class DoorPkiIT {
  private static final String ENROL = Guide.blocks("### Enrol a door").get(0);

  @TempDir Path place;

  @Test
  void doors_areEnrolled_revoked_andMovedToAnotherAuthority() throws Exception {
    Shell.run(place, Guide.blocks("### Make a CA").get(0) + ENROL);
    try (Stage stage = Stage.set(Jdk.found().get(0), trusting("pki/ca.pem", "pki/crl.pem"))) {
      for (int door = 1; door <= 3; door++) {
        assertThat(stage.door()).isEqualTo("door-" + door);
      }
      assertThat(letIn(stage, "pki", "door-1")).isTrue();
      assertThat(letIn(stage, "pki", "door-2")).isTrue();

      String list = Shell.run(place.resolve("pki"), Guide.blocks("### Revoke a door").get(0));
      assertThat(list).contains("Serial Number");
      stage.restartGateway(Map.of());
      assertThat(letIn(stage, "pki", "door-1")).isFalse();
      assertThat(letIn(stage, "pki", "door-2")).isTrue();

      Shell.run(
          place,
          Guide.blocks("### Make a CA").get(0).replace("pki", "pki-2").replace("CA 1", "CA 2")
              + ENROL);
      Shell.run(
          place.resolve("pki-2"), ENROL.substring(0, ENROL.indexOf("\n}\n") + 3) + "enrol door-3");
      Shell.run(place.resolve("pki"), Guide.blocks("### Renew, and change the CA").get(0));
      stage.restartGateway(trusting("pki/both-cas.pem", "pki/both-crls.pem"));
      assertThat(letIn(stage, "pki", "door-1")).isFalse();
      assertThat(letIn(stage, "pki", "door-2")).isTrue();
      assertThat(letIn(stage, "pki-2", "door-1")).as("enrolled anew").isTrue();
      assertThat(letIn(stage, "pki-2", "door-3")).isTrue();

      stage.restartGateway(trusting("pki-2/ca.pem", "pki-2/crl.pem"));
      assertThat(letIn(stage, "pki", "door-2")).as("of a CA that was taken out").isFalse();
      assertThat(letIn(stage, "pki-2", "door-2")).isTrue();

      Shell.run(
          place.resolve("pki-2"),
          Guide.blocks("### Make the gateways' certificate")
              .get(0)
              .replace("doors.example", "localhost"));
      Map<String, String> own = new HashMap<>(trusting("pki-2/ca.pem", "pki-2/crl.pem"));
      own.put("VESTIBULE_MQTT_TLS_CERTIFICATE", place.resolve("pki-2/server.pem").toString());
      own.put("VESTIBULE_MQTT_TLS_KEY", place.resolve("pki-2/server-key.pem").toString());
      stage.restartGateway(own);
      assertThat(letIn(stage, "pki-2", "door-2")).as("which trusts another CA").isFalse();
      assertThat(letIn(stage, "pki-2", "door-2", place.resolve("pki-2/ca.pem"))).isTrue();
    }
  }

  private Map<String, String> trusting(String authorities, String revoked) {
    return Map.of(
        "VESTIBULE_MQTT_TLS_CLIENT_CA", place.resolve(authorities).toString(),
        "VESTIBULE_MQTT_TLS_CRL", place.resolve(revoked).toString());
  }

  /** With the certificate that this authority gave to the door. */
  private boolean letIn(Stage stage, String authority, String door) throws Exception {
    return letIn(stage, authority, door, stage.pki().resolve("ca.pem"));
  }

  private boolean letIn(Stage stage, String authority, String door, Path trusted) throws Exception {
    Path own = Files.createTempDirectory(place, "door");
    Path doors = Files.createDirectory(own.resolve("doors"));
    for (String file : List.of(door + ".pem", door + "-key.pem")) {
      Files.copy(place.resolve(authority).resolve("doors").resolve(file), doors.resolve(file));
    }
    Files.copy(trusted, own.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
    try (WireDoor device = WireDoor.connect(own, door, stage.gateway().port("mqtts"))) {
      return device.connected();
    } catch (ExecutionException refused) {
      return false;
    }
  }
}
