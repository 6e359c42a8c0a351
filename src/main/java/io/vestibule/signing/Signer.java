package io.vestibule.signing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import io.vestibule.json.ObjectText;
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
    return jws(header(typ), Json.write(claims));
  }

  /** Signs claims of that {@code typ}, over and over. */
  public Typed of(String typ) {
    return new Typed(header(typ));
  }

  /** The same signer for claims of one {@code typ}, with the header made once. */
  public final class Typed {
    private final String header;

    private Typed(String header) {
      this.header = header;
    }

    /** The compact JWS of the claims. */
    public String sign(ObjectText claims) {
      return jws(header, claims.toString());
    }
  }

  /** The key that verifies what this one signs. */
  public VerificationKey publicKey() {
    return publicKey;
  }

  private byte[] sign(byte[] input) {
    return Providers.installed().sign(publicKey.algorithm(), key, input);
  }

  private String header(String typ) {
    return encoded(
        new ObjectText()
            .put("alg", publicKey.algorithm().joseName())
            .put("kid", publicKey.kid())
            .put("typ", typ)
            .toString());
  }

  private String jws(String header, String claims) {
    String input = header + "." + encoded(claims);
    return input + "." + Base64Url.encode(sign(input.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encoded(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }
}
