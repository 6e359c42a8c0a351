package io.vestibule.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** An issuer of bearer tokens, whose signatures are made by another library than verifies them. */
@SuppressWarnings("JavaUtilDate")
public final class HttpTokens {
  public static final String ISSUER = "https://issuer.example";
  public static final String AUDIENCE = "vestibule";

  public final ECKey ec = ecKey(Curve.P_256, "ec-1");
  public final ECKey ec384 = ecKey(Curve.P_384, "ec-384");
  public final RSAKey rsa = rsaKey("rsa-1");
  private final KeyPair ed = edPair();

  /** The public keys as a JWK set. */
  public String jwks() {
    String keys = new JWKSet(List.<JWK>of(ec, ec384, rsa)).toPublicJWKSet().toString();
    return keys.substring(0, keys.length() - 2) + "," + edJwk("ed-1") + "]}";
  }

  public String edJwk(String kid) {
    byte[] spki = ed.getPublic().getEncoded();
    String x = base64url(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
    return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"" + kid + "\",\"x\":\"" + x + "\"}";
  }

  /** A good token of the tenant with these scopes. */
  public String token(String tenant, String scope) {
    return ec(claims(tenant, scope).build());
  }

  /** Issued a minute ago: a clock that a test holds may be that much behind. */
  public static JWTClaimsSet.Builder claims(String tenant, String scope) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .issueTime(new Date(System.currentTimeMillis() - 60_000))
        .expirationTime(new Date(System.currentTimeMillis() + 600_000))
        .claim("scope", scope)
        .claim("tenant", tenant);
  }

  public String ec(JWTClaimsSet claims) {
    return sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec-1").build(), claims, ec);
  }

  public static String sign(JWSHeader header, JWTClaimsSet claims, JWK key) {
    try {
      JWSSigner signer =
          key instanceof ECKey ecKey ? new ECDSASigner(ecKey) : new RSASSASigner(key.toRSAKey());
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs with Ed25519, which the other library leaves to one that is not here. */
  public String ed(String header, String claims) {
    try {
      String input = part(header) + "." + part(claims);
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(ed.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + base64url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String part(String json) {
    return base64url(json.getBytes(StandardCharsets.UTF_8));
  }

  public static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static ECKey ecKey(Curve curve, String kid) {
    try {
      return new ECKeyGenerator(curve).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey rsaKey(String kid) {
    try {
      return new RSAKeyGenerator(2048).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair edPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
