package io.vestibule.signing;

import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A point of edwards25519 in the extended coordinates of RFC 8032, section 5.1.4: slow arithmetic
 * that shares nothing with what it tests.
 */
record EdwardsPoint(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger D = fraction(-121665, 121666);
  private static final BigInteger ROOT_OF_MINUS_ONE =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
  private static final EdwardsPoint ZERO =
      new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);

  static final EdwardsPoint BASE = of(fraction(4, 5), false).orElseThrow();

  /** Empty when no point has this y, or none with it has an odd x. */
  static Optional<EdwardsPoint> of(BigInteger y, boolean odd) {
    BigInteger y2 = y.multiply(y);
    BigInteger x2 =
        y2.subtract(BigInteger.ONE).multiply(D.multiply(y2).add(BigInteger.ONE).modInverse(P));
    BigInteger root = x2.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    return Stream.of(root, root.multiply(ROOT_OF_MINUS_ONE).mod(P))
        .filter(x -> x.multiply(x).subtract(x2).mod(P).signum() == 0)
        .map(x -> x.testBit(0) == odd ? x : P.subtract(x).mod(P))
        .filter(x -> x.testBit(0) == odd)
        .map(x -> new EdwardsPoint(x, y.mod(P), BigInteger.ONE, x.multiply(y).mod(P)))
        .findFirst();
  }

  /** All eight points of an order that divides eight; the first is zero. */
  static Stream<EdwardsPoint> smallOrder() {
    BigInteger y = BigInteger.TWO;
    EdwardsPoint ofOrderEight = ZERO;
    while (ofOrderEight.times(BigInteger.valueOf(4)).zero()) {
      ofOrderEight = of(y, false).orElse(ZERO).times(L);
      y = y.add(BigInteger.ONE);
    }
    EdwardsPoint generator = ofOrderEight;
    return IntStream.range(0, 8).mapToObj(times -> generator.times(BigInteger.valueOf(times)));
  }

  EdwardsPoint plus(EdwardsPoint other) {
    BigInteger a = y.subtract(x).multiply(other.y.subtract(other.x));
    BigInteger b = y.add(x).multiply(other.y.add(other.x));
    BigInteger c = t.multiply(other.t).mod(P).multiply(D).shiftLeft(1);
    BigInteger d = z.multiply(other.z).shiftLeft(1);
    BigInteger e = b.subtract(a).mod(P);
    BigInteger f = d.subtract(c).mod(P);
    BigInteger g = d.add(c).mod(P);
    BigInteger h = b.add(a).mod(P);
    return new EdwardsPoint(
        e.multiply(f).mod(P), g.multiply(h).mod(P), f.multiply(g).mod(P), e.multiply(h).mod(P));
  }

  EdwardsPoint times(BigInteger scalar) {
    EdwardsPoint product = ZERO;
    for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
      product = product.plus(product);
      if (scalar.testBit(bit)) {
        product = product.plus(this);
      }
    }
    return product;
  }

  EdwardsPoint negated() {
    return new EdwardsPoint(P.subtract(x).mod(P), y, z, P.subtract(t).mod(P));
  }

  boolean zero() {
    return x.signum() == 0 && y.equals(z);
  }

  BigInteger affineY() {
    return y.multiply(z.modInverse(P)).mod(P);
  }

  byte[] encoded() {
    boolean odd = x.multiply(z.modInverse(P)).mod(P).testBit(0);
    return encoded(affineY(), odd);
  }

  /** Whatever the y, also where it is none: up to 255 bits. */
  static byte[] encoded(BigInteger y, boolean odd) {
    return Vectors.littleEndian(odd ? y.setBit(255) : y);
  }

  private static BigInteger fraction(int numerator, int denominator) {
    return BigInteger.valueOf(numerator)
        .multiply(BigInteger.valueOf(denominator).modInverse(P))
        .mod(P);
  }
}
