package io.vestibule.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A courier's app written from the contract alone, on the JDK's own Ed25519. */
public final class WireCourier {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String id;
  private final KeyPair keys;

  public WireCourier(String id) throws GeneralSecurityException {
    this.id = id;
    this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  public String id() {
    return id;
  }

  public String jwk() {
    return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x() + "\"}";
  }

  /** A request that is in order, signed. */
  public String request(String door, String grant, String label) throws GeneralSecurityException {
    return sign(claims(door, grant, label));
  }

  /** The claims of a request that is in order; numbers as Long, texts as String. */
  public Map<String, Object> claims(String door, String grant, String label)
      throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", id);
    claims.put("aud", door);
    claims.put("jti", jti());
    claims.put("iat", now);
    claims.put("exp", now + 60);
    claims.put("grant", grant);
    claims.put("parcel", parcel(label));
    return claims;
  }

  public String sign(Map<String, Object> claims) throws GeneralSecurityException {
    String header = "{\"alg\":\"EdDSA\",\"kid\":\"" + thumbprint() + "\",\"typ\":\"unlock+jwt\"}";
    return sign(header, json(claims));
  }

  public String sign(String header, String payload) throws GeneralSecurityException {
    String input = encode(header) + "." + encode(payload);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + BASE64.encodeToString(signature.sign());
  }

  public static String parcel(String label) throws GeneralSecurityException {
    return BASE64.encodeToString(sha256(label));
  }

  public static String jti() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return BASE64.encodeToString(random);
  }

  public String thumbprint() throws GeneralSecurityException {
    return BASE64.encodeToString(
        sha256("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x() + "\"}"));
  }

  public static String json(Map<String, Object> members) {
    StringBuilder json = new StringBuilder("{");
    members.forEach(
        (name, value) ->
            json.append(json.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value instanceof Number ? value : "\"" + value + "\""));
    return json.append('}').toString();
  }

  private String x() {
    // The SubjectPublicKeyInfo of Ed25519 ends with the 32 raw bytes (RFC 8410).
    byte[] encoded = ((EdECPublicKey) keys.getPublic()).getEncoded();
    byte[] raw = new byte[32];
    System.arraycopy(encoded, encoded.length - 32, raw, 0, 32);
    return BASE64.encodeToString(raw);
  }

  private static String encode(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(String text) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
