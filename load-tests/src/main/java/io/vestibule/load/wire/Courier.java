package io.vestibule.load.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A courier's app: an Ed25519 key, and requests signed with it. */
public final class Courier {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int LIFE_SECONDS = 60;
  private static final int JTI_SIZE = 16;

  private final SecureRandom random = new SecureRandom();
  private final Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(random);
  private final String id;
  private final String header;

  public Courier(String id) {
    this.id = id;
    this.header =
        base64("{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"unlock+jwt\"}".formatted(thumbprint()));
  }

  public String id() {
    return id;
  }

  /** The public key as the API takes it. */
  public String jwk() {
    return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"}".formatted(x());
  }

  /** A request that is in order from now on, unlike any other. */
  public byte[] sign(String door, String grant, String label) {
    long now = Instant.now().getEpochSecond();
    byte[] jti = new byte[JTI_SIZE];
    random.nextBytes(jti);
    String claims =
        "{\"sub\":\"%s\",\"aud\":\"%s\",\"jti\":\"%s\",\"iat\":%d,\"exp\":%d,\"grant\":\"%s\",\"parcel\":\"%s\"}"
            .formatted(
                id,
                door,
                BASE64.encodeToString(jti),
                now,
                now + LIFE_SECONDS,
                grant,
                parcel(label));
    String input = header + "." + base64(claims);
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(bytes, 0, bytes.length);
    return (input + "." + BASE64.encodeToString(signer.generateSignature()))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** How a grant and a request name a parcel: by the hash of its label. */
  public static String parcel(String label) {
    return BASE64.encodeToString(sha256(label));
  }

  /** RFC 7638. */
  private String thumbprint() {
    return BASE64.encodeToString(
        sha256("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"%s\"}".formatted(x())));
  }

  private String x() {
    return BASE64.encodeToString(key.generatePublicKey().getEncoded());
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
