package io.vestibule.signing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.EnumSet;
import java.util.Set;

/** Signs claims with one private key; safe on any thread. */
public final class Signer {
  private final PrivateKey key;
  private final VerificationKey publicKey;

  private Signer(PrivateKey key, VerificationKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /** From a PKCS#8 PEM with an Ed25519 or a P-256 key. */
  public static Signer fromPem(String pem) throws UnreadableKey {
    return fromPem(pem, EnumSet.allOf(Algorithm.class));
  }

  /** From a PKCS#8 PEM with a key of that algorithm and no other. */
  public static Signer fromPem(String pem, Algorithm algorithm) throws UnreadableKey {
    return fromPem(pem, EnumSet.of(algorithm));
  }

  private static Signer fromPem(String pem, Set<Algorithm> allowed) throws UnreadableKey {
    PrivateKeyPem.Pair pair = PrivateKeyPem.read(pem, allowed);
    return new Signer(pair.key(), pair.publicKey());
  }

  /** The compact JWS of the claims, with {@code alg}, {@code kid} and {@code typ}. */
  public String sign(String typ, ObjectNode claims) {
    ObjectNode header =
        Json.object()
            .put("alg", publicKey.algorithm().joseName())
            .put("kid", publicKey.kid())
            .put("typ", typ);
    String input = encoded(header) + "." + encoded(claims);
    return input + "." + Base64Url.encode(sign(input.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The key that verifies what this one signs. */
  public VerificationKey publicKey() {
    return publicKey;
  }

  private byte[] sign(byte[] input) {
    return Providers.installed().sign(publicKey.algorithm(), key, input);
  }

  private static String encoded(ObjectNode members) {
    return Base64Url.encode(Json.write(members).getBytes(StandardCharsets.UTF_8));
  }
}
