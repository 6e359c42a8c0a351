package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One public key of the issuer, and the algorithms that it may be used with. */
final class BearerKey {
  private static final List<String> RSA =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
  // Nothing but what verifies: a private or symmetric member never reaches the verifier.
  private static final List<String> PUBLIC_MEMBERS = List.of("kty", "crv", "x", "y", "n", "e");
  private static final int RSA_BYTES_MIN = 256;

  private final Optional<String> kid;
  private final int signatureBytes;
  private final Map<String, JWTAuth> byAlgorithm = new LinkedHashMap<>();

  private BearerKey(Optional<String> kid, int signatureBytes) {
    this.kid = kid;
    this.signatureBytes = signatureBytes;
  }

  /** Empty for a key that is symmetric, not for signatures, too short or of an unknown kind. */
  static Optional<BearerKey> parse(Vertx vertx, JsonNode jwk) {
    List<String> algorithms = algorithms(jwk);
    int signatureBytes = signatureBytes(jwk);
    if (!forSignatures(jwk) || algorithms.isEmpty() || signatureBytes == 0) {
      return Optional.empty();
    }
    BearerKey key = new BearerKey(text(jwk, "kid"), signatureBytes);
    for (String algorithm : algorithms) {
      key.byAlgorithm.put(algorithm, verifier(vertx, jwk, algorithm));
    }
    return Optional.of(key);
  }

  boolean fits(String algorithm, Optional<String> wantedKid) {
    return byAlgorithm.containsKey(algorithm)
        && (wantedKid.isEmpty() || kid.isEmpty() || kid.equals(wantedKid));
  }

  boolean named(Optional<String> wantedKid) {
    return kid.isPresent() && kid.equals(wantedKid);
  }

  /** Only the signature; the claims are the caller's to judge. */
  boolean verifies(BearerToken token) {
    JWTAuth verifier = byAlgorithm.get(token.algorithm());
    // The library would also take a DER signature, and pads one that is too short.
    return verifier != null
        && token.signatureBytes() == signatureBytes
        && verifier.authenticate(new TokenCredentials(token.text())).succeeded();
  }

  private static JWTAuth verifier(Vertx vertx, JsonNode jwk, String algorithm) {
    JsonObject publicKey = new JsonObject().put("alg", algorithm);
    for (String member : PUBLIC_MEMBERS) {
      text(jwk, member).ifPresent(value -> publicKey.put(member, value));
    }
    JWTOptions signatureOnly = new JWTOptions().setIgnoreExpiration(true);
    return JWTAuth.create(
        vertx, new JWTAuthOptions().addJwk(publicKey).setJWTOptions(signatureOnly));
  }

  private static boolean forSignatures(JsonNode jwk) {
    if (text(jwk, "use").filter(use -> !use.equals("sig")).isPresent()) {
      return false;
    }
    boolean verify = !jwk.has("key_ops");
    for (JsonNode operation : jwk.path("key_ops")) {
      verify |= operation.asText().equals("verify");
    }
    return verify;
  }

  private static List<String> algorithms(JsonNode jwk) {
    List<String> possible =
        switch (text(jwk, "kty").orElse("") + " " + text(jwk, "crv").orElse("")) {
          case "OKP Ed25519" -> List.of("EdDSA");
          case "EC P-256" -> List.of("ES256");
          case "EC P-384" -> List.of("ES384");
          case "EC P-521" -> List.of("ES512");
          case "RSA " -> RSA;
          default -> List.of();
        };
    Optional<String> only = text(jwk, "alg");
    return only.isEmpty() ? possible : possible.stream().filter(only.get()::equals).toList();
  }

  private static int signatureBytes(JsonNode jwk) {
    return switch (text(jwk, "kty").orElse("")) {
      case "OKP" -> 64;
      case "EC" -> ecSignatureBytes(text(jwk, "crv").orElse(""));
      case "RSA" -> modulusBytes(text(jwk, "n").orElse(""));
      default -> 0;
    };
  }

  private static int ecSignatureBytes(String curve) {
    return switch (curve) {
      case "P-256" -> 64;
      case "P-384" -> 96;
      case "P-521" -> 132;
      default -> 0;
    };
  }

  private static int modulusBytes(String base64url) {
    try {
      int bytes = Base64.getUrlDecoder().decode(base64url).length;
      return bytes < RSA_BYTES_MIN ? 0 : bytes;
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  private static Optional<String> text(JsonNode jwk, String member) {
    return Optional.ofNullable(jwk.path(member).textValue());
  }
}
