package io.vestibule.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes public JWKs of the two curves (RFC 7517, RFC 7518, RFC 8037). */
final class Jwk {
  /** What stands before the key's bytes in a SubjectPublicKeyInfo (RFC 8410, section 4). */
  private static final byte[] EDDSA_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** As above for an uncompressed point of P-256 (RFC 5480, section 2). */
  private static final byte[] ES256_PREFIX =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

  private static final Set<String> SIGNATURE_OPS = Set.of("sign", "verify");

  private Jwk() {}

  static JwkResult read(JsonNode jwk) {
    if (!jwk.isObject()) {
      return refused("must be an object");
    }
    if (jwk.has("d")) {
      return refused("d must not be there: it is the private key");
    }
    String curve = jwk.path("kty").asText() + "/" + jwk.path("crv").asText();
    return switch (curve) {
      case "OKP/Ed25519" -> read(Algorithm.EDDSA, jwk);
      case "EC/P-256" -> read(Algorithm.ES256, jwk);
      default -> refused("kty and crv must be OKP and Ed25519, or EC and P-256");
    };
  }

  private static JwkResult read(Algorithm algorithm, JsonNode jwk) {
    if (!absentOr(algorithm.joseName(), jwk.get("alg"))) {
      return refused("alg must be " + algorithm.joseName() + " for this curve");
    }
    if (!absentOr("sig", jwk.get("use"))) {
      return refused("use must be sig");
    }
    if (!absentOrForSignatures(jwk.get("key_ops"))) {
      return refused("key_ops must be an array of verify, alone or with sign");
    }
    return switch (algorithm) {
      case EDDSA -> readEd25519(jwk);
      case ES256 -> readP256(jwk);
    };
  }

  private static JwkResult readEd25519(JsonNode jwk) {
    Optional<byte[]> x = coordinate(jwk, "x");
    if (x.isEmpty()) {
      return refused("x must be 32 bytes in base64url without padding");
    }
    Optional<String> fault = Ed25519.keyFault(x.get());
    return fault.isPresent()
        ? refused("x " + fault.get())
        : new JwkResult.Accepted(key(Algorithm.EDDSA, joined(EDDSA_PREFIX, x.get())));
  }

  private static JwkResult readP256(JsonNode jwk) {
    Optional<byte[]> x = coordinate(jwk, "x");
    Optional<byte[]> y = coordinate(jwk, "y");
    if (x.isEmpty() || y.isEmpty()) {
      return refused("x and y must be 32 bytes each in base64url without padding");
    }
    return P256.onCurve(x.get(), y.get())
        ? new JwkResult.Accepted(
            key(Algorithm.ES256, joined(joined(ES256_PREFIX, x.get()), y.get())))
        : refused("x and y are not a point of the curve");
  }

  /**
   * From a SubjectPublicKeyInfo of the algorithm's curve, checked as a JWK is.
   *
   * @throws IllegalArgumentException when it is another's, or no point to verify with
   */
  static VerificationKey keyOf(Algorithm algorithm, byte[] encoded) {
    byte[] prefix = prefix(algorithm);
    int size = prefix.length + pointSize(algorithm);
    if (encoded.length != size
        || !Arrays.equals(encoded, 0, prefix.length, prefix, 0, prefix.length)) {
      throw new IllegalArgumentException("not a public key on " + algorithm.curveName());
    }
    return read(publicMembers(algorithm, encoded))
        .match(
            JwkResult.Accepted::key,
            refused -> {
              throw new IllegalArgumentException(refused.fault());
            });
  }

  /** From the bytes of a point: y of Ed25519 with the sign of x, or x and y of P-256. */
  static VerificationKey keyOfPoint(Algorithm algorithm, byte[] point) {
    return keyOf(algorithm, joined(prefix(algorithm), point));
  }

  static ObjectNode write(VerificationKey key) {
    return publicMembers(key.algorithm(), key.key().getEncoded())
        .put("kid", key.kid())
        .put("alg", key.algorithm().joseName())
        .put("use", "sig");
  }

  private static VerificationKey key(Algorithm algorithm, byte[] encoded) {
    String kid = Sha256.base64Url(Json.write(publicMembers(algorithm, encoded)));
    return new VerificationKey(kid, algorithm, Providers.installed().publicKey(algorithm, encoded));
  }

  /** In the order of the names, which is what RFC 7638 hashes. */
  private static ObjectNode publicMembers(Algorithm algorithm, byte[] encoded) {
    int from = prefix(algorithm).length;
    ObjectNode members = Json.object().put("crv", algorithm.curveName());
    return switch (algorithm) {
      case EDDSA -> members.put("kty", "OKP").put("x", coordinate(encoded, from));
      case ES256 ->
          members
              .put("kty", "EC")
              .put("x", coordinate(encoded, from))
              .put("y", coordinate(encoded, from + P256.COORDINATE_SIZE));
    };
  }

  private static byte[] prefix(Algorithm algorithm) {
    return switch (algorithm) {
      case EDDSA -> EDDSA_PREFIX;
      case ES256 -> ES256_PREFIX;
    };
  }

  private static int pointSize(Algorithm algorithm) {
    return switch (algorithm) {
      case EDDSA -> Ed25519.KEY_SIZE;
      case ES256 -> 2 * P256.COORDINATE_SIZE;
    };
  }

  private static String coordinate(byte[] encoded, int from) {
    return Base64Url.encode(Arrays.copyOfRange(encoded, from, from + P256.COORDINATE_SIZE));
  }

  private static Optional<byte[]> coordinate(JsonNode jwk, String name) {
    JsonNode member = jwk.path(name);
    return member.isTextual()
        ? Base64Url.decode(member.textValue()).filter(bytes -> bytes.length == Ed25519.KEY_SIZE)
        : Optional.empty();
  }

  private static boolean absentOr(String expected, @Nullable JsonNode member) {
    return member == null || (member.isTextual() && member.textValue().equals(expected));
  }

  /** RFC 7517, section 4.3: no operation twice, and none that is at odds with signatures. */
  private static boolean absentOrForSignatures(@Nullable JsonNode operations) {
    if (operations == null) {
      return true;
    }
    Set<String> names = new HashSet<>();
    for (JsonNode operation : operations) {
      if (!operation.isTextual() || !names.add(operation.textValue())) {
        return false;
      }
    }
    return operations.isArray() && names.contains("verify") && SIGNATURE_OPS.containsAll(names);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static JwkResult refused(String fault) {
    return new JwkResult.Refused(fault);
  }
}
