package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.testing.GatewayProcess;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The steps by which docs/OPERATIONS.md gives the gateways another key for commands, beside a door
 * that verifies by the key set that it last read.
 */
@Tag("system")
final class KeyRotationIT {
  /** What stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

  @Test
  void rotation_inItsSteps_leavesNoCommandThatADoorCannotVerify() throws Exception {
    try (Stage stage = Stage.set(Jdk.found().get(0))) {
      String old = stage.pki().resolve("signing-key.pem").toString();
      String young = generated().toString();
      Map<String, PublicKey> before = keys(stage.operator());
      String firstKid = before.keySet().iterator().next();
      assertThat(kidOfACommand(stage, stage.gateway(), before)).isEqualTo(firstKid);

      stage.restartGateway(signingWith(old, young));
      assertThat(kidOfACommand(stage, stage.gateway(), before)).isEqualTo(firstKid);
      Map<String, PublicKey> both = keys(stage.operator());
      assertThat(both).hasSize(2).containsAllEntriesOf(before);

      try (GatewayProcess next = stage.startBeside(signingWith(young, old))) {
        assertThat(kidOfACommand(stage, stage.gateway(), both)).isEqualTo(firstKid);
        assertThat(kidOfACommand(stage, next, both)).isNotEqualTo(firstKid);
        assertThat(keys(stage.operatorAt(next))).isEqualTo(both);
      }

      stage.restartGateway(signingWith(young));
      assertThat(kidOfACommand(stage, stage.gateway(), both)).isNotEqualTo(firstKid);
      assertThat(keys(stage.operator())).hasSize(1).doesNotContainKey(firstKid);
    }
  }

  @Test
  void keyThatWasCompromised_isPublishedNoMore_andTheNewOneIsFoundByItsKid() throws Exception {
    try (Stage stage = Stage.set(Jdk.found().get(0))) {
      Map<String, PublicKey> compromised = keys(stage.operator());

      stage.restartGateway(signingWith(generated().toString()));

      Map<String, PublicKey> now = keys(stage.operator());
      assertThat(now).doesNotContainKeys(compromised.keySet().toArray(String[]::new));
      assertThat(now).containsKey(kidOfACommand(stage, stage.gateway(), now));
    }
  }

  /** By the guide's own command. */
  private static Path generated() throws Exception {
    Path place = Files.createTempDirectory("keys");
    Shell.run(place, Guide.blocks("### Commands to doors").get(0));
    return place.resolve("signing-2.pem");
  }

  private static Map<String, String> signingWith(String... keys) {
    return Map.of("VESTIBULE_SIGNING_KEY", String.join(",", keys));
  }

  /** Has a door of this gateway opened, which verifies the command with these keys. */
  private static String kidOfACommand(
      Stage stage, GatewayProcess gateway, Map<String, PublicKey> known) throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");
    try (WireDoor device = WireDoor.connect(stage.pki(), door, gateway.port("mqtts"))) {
      WireApi.Answer opened = stage.operatorAt(gateway).unlock(door, request);
      assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
      byte[] command = device.commands().get(0).getPayloadAsBytes();
      return verified(new String(command, StandardCharsets.US_ASCII), known);
    }
  }

  private static String verified(String jws, Map<String, PublicKey> known) throws Exception {
    int end = jws.lastIndexOf('.');
    byte[] header = Base64.getUrlDecoder().decode(jws.substring(0, jws.indexOf('.')));
    String kid = Json.read(header).path("kid").asText();
    assertThat(known).containsKey(kid);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(known.get(kid));
    signature.update(jws.substring(0, end).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(jws.substring(end + 1)))).isTrue();
    return kid;
  }

  private static Map<String, PublicKey> keys(WireApi api) throws Exception {
    Map<String, PublicKey> keys = new HashMap<>();
    for (JsonNode jwk : api.get("/.well-known/jwks.json").body().path("keys")) {
      keys.put(
          jwk.path("kid").asText(), key(Base64.getUrlDecoder().decode(jwk.path("x").asText())));
    }
    return keys;
  }

  private static PublicKey key(byte[] raw) throws Exception {
    byte[] encoded = new byte[SPKI.length + raw.length];
    System.arraycopy(SPKI, 0, encoded, 0, SPKI.length);
    System.arraycopy(raw, 0, encoded, SPKI.length, raw.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
