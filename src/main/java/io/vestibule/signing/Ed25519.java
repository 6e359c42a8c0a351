package io.vestibule.signing;

import java.math.BigInteger;
import java.util.Arrays;
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
    return square(x2) ? Optional.empty() : Optional.of("is not a point of the curve");
  }

  /** RFC 8032, section 5.1.7: S below the group's order, or each signature would have a twin. */
  static boolean wellFormedSignature(byte[] signature) {
    if (signature.length != SIGNATURE_SIZE) {
      return false;
    }
    for (int index = KEY_SIZE - 1; index >= 0; index--) {
      int difference = (signature[KEY_SIZE + index] & 0xFF) - (L[index] & 0xFF);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
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
