package io.vestibule.signing;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The arithmetic of Ed25519 (RFC 8032) that a key or a signature is checked with. */
final class Ed25519 {
  static final int KEY_SIZE = 32;
  static final int SIGNATURE_SIZE = 64;

  private static final BigInteger P =
      BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19)); // the field's prime
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final byte[] L =
      littleEndian(
          BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493")));

  /** The y of the eight points of order 1, 2, 4 and 8, which differ but in the sign of x. */
  private static final byte[][] SMALL_ORDER_Y = {
    littleEndian(BigInteger.ZERO),
    littleEndian(BigInteger.ONE),
    littleEndian(P.subtract(BigInteger.ONE)),
    HexFormat.of().parseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    HexFormat.of().parseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
  };

  private Ed25519() {}

  /** What is wrong with 32 bytes as a public key; empty when they are good. */
  static Optional<String> keyFault(byte[] encoded) {
    byte[] bigEndian = reversed(encoded);
    bigEndian[0] &= 0x7F;
    BigInteger y = new BigInteger(1, bigEndian);
    if (y.compareTo(P) >= 0) {
      return Optional.of("is not canonical");
    }
    BigInteger y2 = y.multiply(y).mod(P);
    // From -x² + y² = 1 + dx²y²; the denominator is never zero, since -1/d is no square.
    BigInteger x2 =
        y2.subtract(BigInteger.ONE)
            .multiply(D.multiply(y2).add(BigInteger.ONE).modInverse(P))
            .mod(P);
    if (smallOrder(x2, y2)) {
      return Optional.of("is a point of small order");
    }
    if (!square(x2)) {
      return Optional.of("is not a point of the curve");
    }
    return primeOrder(encoded)
        ? Optional.empty()
        : Optional.of("is a point of mixed order, which no private key gives");
  }

  /** RFC 8032, section 5.1.7: S below the group's order, or each signature would have a twin. */
  static boolean wellFormedSignature(byte[] signature) {
    return signature.length == SIGNATURE_SIZE && reducedS(signature);
  }

  /** Whether R is one of the eight points that the cofactor turns to zero, in whatever encoding. */
  static boolean smallOrderR(byte[] signature) {
    int last = KEY_SIZE - 1;
    for (byte[] y : SMALL_ORDER_Y) {
      if ((signature[last] & 0x7F) == y[last] && Arrays.equals(signature, 0, last, y, 0, last)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether R lies in the group of prime order, as the key does. Then both equations of RFC 8032,
   * section 5.1.7, come to the same: with the cofactor, and the stricter one without.
   */
  static boolean primeOrderR(byte[] signature) {
    return primeOrder(signature);
  }

  private static boolean reducedS(byte[] signature) {
    for (int index = KEY_SIZE - 1; index >= 0; index--) {
      int difference = (signature[KEY_SIZE + index] & 0xFF) - (L[index] & 0xFF);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }

  /** Whether the first 32 bytes are a canonical point of prime order. */
  private static boolean primeOrder(byte[] encoded) {
    return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(encoded, 0);
  }

  /**
   * Orders 1 and 2 have x = 0, order 4 has y = 0, and order 8 has a double of order 4: x² = -y².
   */
  private static boolean smallOrder(BigInteger x2, BigInteger y2) {
    return x2.signum() == 0 || y2.signum() == 0 || x2.add(y2).mod(P).signum() == 0;
  }

  private static boolean square(BigInteger number) {
    BigInteger half = P.subtract(BigInteger.ONE).shiftRight(1);
    return number.modPow(half, P).equals(BigInteger.ONE);
  }

  private static byte[] littleEndian(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return Arrays.copyOf(reversed(bytes), KEY_SIZE);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      reversed[bytes.length - 1 - index] = bytes[index];
    }
    return reversed;
  }
}
