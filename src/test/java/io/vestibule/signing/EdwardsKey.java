package io.vestibule.signing;

import static io.vestibule.signing.EdwardsPoint.L;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/** A private key of Ed25519 that signs as it is told to, well or badly. */
final class EdwardsKey {
  private final Random random;
  private final BigInteger scalar;
  private final EdwardsPoint point;

  EdwardsKey(Random random) {
    this.random = random;
    this.scalar = scalar();
    this.point = EdwardsPoint.BASE.times(scalar);
  }

  EdwardsPoint point() {
    return point;
  }

  VerificationKey verificationKey() {
    return Vectors.accepted(Vectors.ed25519(point.encoded()));
  }

  byte[] sign(byte[] message) {
    BigInteger nonce = scalar();
    return sign(nonce, EdwardsPoint.BASE.times(nonce).encoded(), message);
  }

  /** With an R that need not be the nonce's. */
  byte[] sign(BigInteger nonce, byte[] r, byte[] message) {
    return sign(nonce, r, challenge(r, point.encoded(), message));
  }

  /** With a challenge that need not be the message's. */
  byte[] sign(BigInteger nonce, byte[] r, BigInteger challenge) {
    BigInteger s = nonce.add(challenge.multiply(scalar)).mod(L);
    return Vectors.joined(r, Vectors.littleEndian(s));
  }

  /** Below L, and above zero. */
  BigInteger scalar() {
    return new BigInteger(251, random).add(BigInteger.ONE);
  }

  static BigInteger challenge(byte[]... hashed) {
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      for (byte[] bytes : hashed) {
        sha512.update(bytes);
      }
      return new BigInteger(1, Vectors.reversed(sha512.digest())).mod(L);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
