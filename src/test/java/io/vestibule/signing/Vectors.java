package io.vestibule.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** The bytes, keys and verdicts that the tests with vectors share. */
final class Vectors {
  private static final Jce BOUNCY_CASTLE = Providers.bouncyCastle();

  private Vectors() {}

  /** What the installed provider says on a request's way, and BouncyCastle too or it fails. */
  static boolean verified(VerificationKey key, byte[] input, byte[] signature) {
    boolean answer = key.verifies(input, signature);
    var encoded = key.key().getEncoded();
    var sameKey =
        new VerificationKey(
            key.kid(), key.algorithm(), BOUNCY_CASTLE.publicKey(key.algorithm(), encoded));
    assertThat(sameKey.verifies(input, input.length, signature, BOUNCY_CASTLE))
        .as("BouncyCastle, of signature %s by %s", HexFormat.of().formatHex(signature), key.toJwk())
        .isEqualTo(answer);
    return answer;
  }

  static VerificationKey accepted(JsonNode jwk) {
    return VerificationKey.fromJwk(jwk)
        .match(
            JwkResult.Accepted::key,
            refused -> {
              throw new AssertionError(refused.fault() + ": " + jwk);
            });
  }

  /** The fault for which the key is refused. */
  static String refused(JsonNode jwk) {
    return VerificationKey.fromJwk(jwk)
        .match(
            accepted -> {
              throw new AssertionError("accepted " + jwk);
            },
            JwkResult.Refused::fault);
  }

  static ObjectNode ed25519(byte[] x) {
    return Json.object().put("kty", "OKP").put("crv", "Ed25519").put("x", Base64Url.encode(x));
  }

  static ObjectNode p256(byte[] x, byte[] y) {
    return Json.object()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("x", Base64Url.encode(x))
        .put("y", Base64Url.encode(y));
  }

  /** A JSON document beside the tests. */
  static JsonNode resource(String name) {
    try (InputStream stream = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      return Json.read(Objects.requireNonNull(stream, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedJson e) {
      throw new IllegalStateException(name, e);
    }
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  static byte[] bigEndian(BigInteger number) {
    return bigEndian(number, 32);
  }

  static byte[] bigEndian(BigInteger number, int size) {
    byte[] bytes = new byte[size];
    for (int index = 0; index < size; index++) {
      bytes[size - 1 - index] = number.shiftRight(8 * index).byteValue();
    }
    return bytes;
  }

  static byte[] littleEndian(BigInteger number) {
    return reversed(bigEndian(number));
  }

  static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      reversed[index] = bytes[bytes.length - 1 - index];
    }
    return reversed;
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }
}
