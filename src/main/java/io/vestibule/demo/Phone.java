package io.vestibule.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.Signer;
import io.vestibule.signing.UnreadableKey;
import io.vestibule.signing.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a courier signs with, and what a thief can do with it: a fresh key and the bytes it signs.
 */
final class Phone {
  private static final String TYPE = "unlock+jwt";

  private final PrivateKey key;
  private final Signer signer;

  private Phone(PrivateKey key) {
    this.key = key;
    this.signer = signer(key);
  }

  static Phone ed25519() {
    try {
      return new Phone(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 platform has Ed25519", e);
    }
  }

  static Phone p256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new Phone(pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  VerificationKey publicKey() {
    return signer.publicKey();
  }

  /** As the courier's app does it. */
  String sign(ObjectNode claims) {
    return signer.sign(TYPE, claims);
  }

  /** With this Ed25519 key, but saying that it was another one, or another algorithm. */
  String signAs(VerificationKey other, Algorithm named, ObjectNode claims) {
    String input = input(named.joseName(), other.kid(), claims);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64Url.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs", e);
    }
  }

  /** What works where a verifier takes the algorithm from the attacker: HMAC with a public key. */
  static String signWithPublicKey(VerificationKey victim, ObjectNode claims) {
    String input = input("HS256", victim.kid(), claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(victim.key().getEncoded(), "HmacSHA256"));
      byte[] tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64Url.encode(tag);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** No signature at all. */
  static String unsigned(VerificationKey victim, ObjectNode claims) {
    return input("none", victim.kid(), claims) + ".";
  }

  private static String input(String algorithm, String keyId, ObjectNode claims) {
    ObjectNode header = Json.object().put("alg", algorithm).put("kid", keyId).put("typ", TYPE);
    return encoded(header) + "." + encoded(claims);
  }

  private static String encoded(ObjectNode members) {
    return Base64Url.encode(Json.write(members).getBytes(StandardCharsets.UTF_8));
  }

  private static Signer signer(PrivateKey key) {
    String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    try {
      return Signer.fromPem(
          "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    } catch (UnreadableKey e) {
      throw new IllegalStateException("a key just made is readable", e);
    }
  }
}
