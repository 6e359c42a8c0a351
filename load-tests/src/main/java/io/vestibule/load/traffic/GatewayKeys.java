package io.vestibule.load.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.wire.HttpAnswer;
import io.vestibule.load.wire.HttpConnection;
import io.vestibule.load.wire.HttpRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The public keys that a gateway says it signs commands with, by their ids. */
record GatewayKeys(Map<String, Ed25519PublicKeyParameters> byId) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEY_SIZE = 32;
  private static final int NOT_FOUND = 404;

  /** None where none are published, as by the comparison stack. */
  static Optional<GatewayKeys> of(InetSocketAddress http) throws CannotRun {
    try (HttpConnection connection = new HttpConnection(http)) {
      HttpAnswer answer = connection.exchange(HttpRequest.get("/.well-known/jwks.json"));
      return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(read(answer.body()));
    } catch (IOException e) {
      throw new CannotRun("cannot read http://" + http + "/.well-known/jwks.json", e);
    }
  }

  /** Fails where there is no Ed25519 key. */
  static GatewayKeys read(String jwks) throws IOException {
    Map<String, Ed25519PublicKeyParameters> keys = new HashMap<>();
    for (JsonNode key : JSON.readTree(jwks).path("keys")) {
      byte[] x = Base64.getUrlDecoder().decode(key.path("x").asText());
      if (key.path("crv").asText().equals("Ed25519") && x.length == KEY_SIZE) {
        keys.put(key.path("kid").asText(), new Ed25519PublicKeyParameters(x));
      }
    }
    if (keys.isEmpty()) {
      throw new IOException("no Ed25519 key in " + jwks);
    }
    return new GatewayKeys(keys);
  }

  /** Whether one of them signed it. */
  boolean signed(String jws) {
    int claimsEnd = jws.lastIndexOf('.');
    try {
      byte[] header = Base64.getUrlDecoder().decode(jws.substring(0, jws.indexOf('.')));
      byte[] signature = Base64.getUrlDecoder().decode(jws.substring(claimsEnd + 1));
      Ed25519PublicKeyParameters key = byId.get(JSON.readTree(header).path("kid").asText());
      return key != null && verifies(key, jws.substring(0, claimsEnd), signature);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean verifies(Ed25519PublicKeyParameters key, String input, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, key);
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    verifier.update(bytes, 0, bytes.length);
    return verifier.verifySignature(signature);
  }
}
