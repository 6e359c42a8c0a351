package io.vestibule.signing;

import static io.vestibule.signing.Vectors.bigEndian;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECParameterSpec;
import org.bouncycastle.math.ec.ECPoint;

/** A point of P-256 as a public key, made to fit a signature or to sign one. */
record P256Key(ECPoint point) {
  private static final ECParameterSpec CURVE = ECNamedCurveTable.getParameterSpec("P-256");

  static final BigInteger P = CURVE.getCurve().getField().getCharacteristic();
  static final BigInteger N = CURVE.getN();
  static final ECPoint BASE = CURVE.getG();

  static P256Key ofScalar(BigInteger scalar) {
    return new P256Key(BASE.multiply(scalar).normalize());
  }

  /**
   * The one key by which r and s are a signature of the message that leads to the point R. Nobody
   * knows its scalar, but every R, r and s can be had.
   */
  static P256Key recovered(ECPoint bigR, BigInteger r, BigInteger s, byte[] message) {
    BigInteger z = hashed(message);
    ECPoint point = bigR.multiply(s).subtract(BASE.multiply(z)).multiply(r.modInverse(N));
    return new P256Key(point.normalize());
  }

  /** Empty when no point has this x. */
  static Optional<ECPoint> pointAt(BigInteger x) {
    try {
      return Optional.of(CURVE.getCurve().decodePoint(Vectors.joined(new byte[] {2}, bigEndian(x))))
          .filter(point -> point.getAffineXCoord().toBigInteger().equals(x));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As FIPS 186-5 has it: with the scalar, the nonce and the hash as given. */
  static byte[] sign(BigInteger scalar, BigInteger nonce, BigInteger hash) {
    BigInteger r = x(BASE.multiply(nonce)).mod(N);
    BigInteger s = nonce.modInverse(N).multiply(hash.add(r.multiply(scalar))).mod(N);
    return raw(r, s);
  }

  static byte[] raw(BigInteger r, BigInteger s) {
    return Vectors.joined(bigEndian(r), bigEndian(s));
  }

  static BigInteger x(ECPoint point) {
    return point.normalize().getAffineXCoord().toBigInteger();
  }

  static BigInteger hashed(byte[] message) {
    return new BigInteger(1, hash("SHA-256", message));
  }

  static byte[] hash(String algorithm, byte[] message) {
    try {
      return MessageDigest.getInstance(algorithm).digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  VerificationKey verificationKey() {
    BigInteger y = point.getAffineYCoord().toBigInteger();
    return Vectors.accepted(Vectors.p256(bigEndian(x(point)), bigEndian(y)));
  }
}
