package io.vestibule.signing;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/** The arithmetic of P-256 (FIPS 186-5) that a key or a signature is checked with. */
final class P256 {
  static final int COORDINATE_SIZE = 32;
  static final int SIGNATURE_SIZE = 64;

  private static final BigInteger P =
      hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  private static final BigInteger B =
      hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
  private static final String N_HEX =
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  private static final byte[] N_BYTES = HexFormat.of().parseHex(N_HEX);
  private static final BigInteger N = hex(N_HEX);
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private P256() {}

  /** Whether two coordinates of 32 bytes name a point of the curve; the identity has none. */
  static boolean onCurve(byte[] xBytes, byte[] yBytes) {
    BigInteger x = new BigInteger(1, xBytes);
    BigInteger y = new BigInteger(1, yBytes);
    if (x.compareTo(P) >= 0 || y.compareTo(P) >= 0) {
      return false;
    }
    BigInteger right = x.multiply(x).subtract(THREE).multiply(x).add(B).mod(P);
    return y.multiply(y).mod(P).equals(right);
  }

  /**
   * Whether r and s, 32 bytes each, lie between 1 and the group's order less 1. RFC 7518 asks for
   * neither half: with s, the order less s is a good signature too.
   */
  static boolean wellFormedSignature(byte[] signature) {
    return signature.length == SIGNATURE_SIZE
        && wellFormedScalar(signature, 0)
        && wellFormedScalar(signature, COORDINATE_SIZE);
  }

  static boolean scalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(N) < 0;
  }

  private static boolean wellFormedScalar(byte[] bytes, int from) {
    int to = from + COORDINATE_SIZE;
    return Arrays.compareUnsigned(bytes, from, to, N_BYTES, 0, COORDINATE_SIZE) < 0
        && !zero(bytes, from, to);
  }

  private static boolean zero(byte[] bytes, int from, int to) {
    for (int index = from; index < to; index++) {
      if (bytes[index] != 0) {
        return false;
      }
    }
    return true;
  }

  private static BigInteger hex(String digits) {
    return new BigInteger(digits, 16);
  }
}
