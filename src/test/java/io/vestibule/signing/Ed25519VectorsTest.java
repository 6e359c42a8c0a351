package io.vestibule.signing;

import static io.vestibule.signing.EdwardsPoint.BASE;
import static io.vestibule.signing.EdwardsPoint.L;
import static io.vestibule.signing.EdwardsPoint.P;
import static io.vestibule.signing.Vectors.accepted;
import static io.vestibule.signing.Vectors.ed25519;
import static io.vestibule.signing.Vectors.flipped;
import static io.vestibule.signing.Vectors.joined;
import static io.vestibule.signing.Vectors.littleEndian;
import static io.vestibule.signing.Vectors.refused;
import static io.vestibule.signing.Vectors.reversed;
import static io.vestibule.signing.Vectors.verified;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each class of bad Ed25519 signature and key, made here; both providers must say the same. */
class Ed25519VectorsTest {
  private static final byte[] MESSAGE = "header.payload".getBytes(US_ASCII);

  /** The numbers from p to 2^255 - 1: those below 19 in an encoding that is not canonical. */
  private static final List<BigInteger> NON_CANONICAL =
      IntStream.range(0, 19).mapToObj(more -> P.add(BigInteger.valueOf(more))).toList();

  private final Random random = new Random(25519);
  private final EdwardsKey key = new EdwardsKey(random);
  private final byte[] good = key.sign(MESSAGE);

  @Test
  void goodSignature_verifies_whateverTheMessagesSize() {
    for (int size = 0; size < 300; size = size * 2 + 1) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      EdwardsKey fresh = new EdwardsKey(random);
      byte[] signature = fresh.sign(message);

      assertThat(verified(fresh.verificationKey(), message, signature)).isTrue();
      assertThat(verified(fresh.verificationKey(), joined(message, new byte[1]), signature))
          .isFalse();
    }
  }

  @Test
  void s_raisedByMultiplesOfTheOrder_isRefused() {
    BigInteger s = s(good);
    BigInteger limit = BigInteger.TWO.pow(256);
    int twins = 0;
    for (BigInteger twin = s.add(L); twin.compareTo(limit) < 0; twin = twin.add(L)) {
      assertThat(verifies(withS(twin))).isFalse();
      twins++;
    }

    assertThat(twins).isGreaterThanOrEqualTo(14);
    assertThat(verifies(withS(s))).isTrue();
  }

  @Test
  void s_atTheBorders_isRefused() {
    for (BigInteger s :
        List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            L.subtract(BigInteger.ONE),
            L,
            L.add(BigInteger.ONE),
            BigInteger.TWO.pow(252),
            BigInteger.TWO.pow(253).subtract(BigInteger.ONE),
            BigInteger.TWO.pow(255),
            BigInteger.TWO.pow(256).subtract(BigInteger.ONE))) {
      assertThat(verifies(withS(s))).as(s.toString(16)).isFalse();
    }
  }

  @Test
  void s_withAnyOfTheTopBitsSet_isRefused() {
    for (int bit = 252; bit < 256; bit++) {
      assertThat(verifies(withS(s(good).flipBit(bit)))).as("bit " + bit).isFalse();
    }
  }

  @Test
  void r_ofSmallOrder_isRefused_inEachEncoding() {
    BigInteger none = BigInteger.ZERO;
    // The equation without the cofactor holds for the first of these, with it for all.
    for (byte[] r : smallOrderEncodings().toList()) {
      assertThat(verifies(key.sign(none, r, MESSAGE))).isFalse();
      assertThat(verifies(key.sign(key.scalar(), r, MESSAGE))).isFalse();
    }
  }

  @Test
  void r_ofMixedOrder_isRefused() {
    for (EdwardsPoint more : EdwardsPoint.smallOrder().skip(1).toList()) {
      BigInteger nonce = key.scalar();
      EdwardsPoint r = BASE.times(nonce);

      assertThat(verifies(key.sign(nonce, r.encoded(), MESSAGE))).isTrue();
      assertThat(verifies(key.sign(nonce, r.plus(more).encoded(), MESSAGE))).isFalse();
    }
  }

  @Test
  void r_nonCanonical_isRefused() {
    for (BigInteger y : NON_CANONICAL) {
      for (boolean odd : new boolean[] {false, true}) {
        byte[] r = EdwardsPoint.encoded(y, odd);

        assertThat(verifies(key.sign(BigInteger.ZERO, r, MESSAGE))).isFalse();
        // As a verifier computes it that reduces R before hashing it.
        byte[] reduced = EdwardsPoint.encoded(y.subtract(P), odd);
        BigInteger challenge = EdwardsKey.challenge(reduced, key.point().encoded(), MESSAGE);
        assertThat(verifies(key.sign(BigInteger.ZERO, r, challenge))).isFalse();
      }
    }
  }

  @Test
  void r_offTheCurve_isRefused() {
    offTheCurve().forEach(r -> assertThat(verifies(key.sign(key.scalar(), r, MESSAGE))).isFalse());
  }

  @Test
  void r_orS_ofAnotherSignOrSignature_isRefused() {
    BigInteger nonce = key.scalar();
    byte[] r = BASE.times(nonce).encoded();
    byte[] negatedR = BASE.times(nonce).negated().encoded();
    byte[] signature = key.sign(nonce, r, MESSAGE);
    BigInteger negatedS = L.subtract(s(signature));

    assertThat(verifies(signature)).isTrue();
    assertThat(verifies(joined(negatedR, s32(s(signature))))).isFalse();
    assertThat(verifies(joined(r, s32(negatedS)))).isFalse();
    assertThat(verifies(joined(negatedR, s32(negatedS)))).isFalse();
    assertThat(verifies(joined(r(good), s32(s(signature))))).isFalse();
    assertThat(verifies(joined(s32(s(signature)), r))).isFalse();
    assertThat(verifies(joined(r, reversed(s32(s(signature)))))).isFalse();
    assertThat(verifies(joined(reversed(r), s32(s(signature))))).isFalse();
    assertThat(verifies(reversed(signature))).isFalse();
  }

  @Test
  void challenge_ofAnotherHash_isRefused() throws Exception {
    BigInteger nonce = key.scalar();
    byte[] r = BASE.times(nonce).encoded();
    byte[] a = key.point().encoded();
    byte[] other = new EdwardsKey(random).point().encoded();

    assertThat(verifies(key.sign(nonce, r, EdwardsKey.challenge(r, a, MESSAGE)))).isTrue();
    for (BigInteger challenge :
        List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            EdwardsKey.challenge(r, MESSAGE),
            EdwardsKey.challenge(a, MESSAGE),
            EdwardsKey.challenge(a, r, MESSAGE),
            EdwardsKey.challenge(r, other, MESSAGE),
            EdwardsKey.challenge(r, a),
            EdwardsKey.challenge(r, a, hash("SHA-512", MESSAGE)),
            EdwardsKey.challenge(r, a, hash("SHA-256", MESSAGE)))) {
      assertThat(verifies(key.sign(nonce, r, challenge))).isFalse();
    }
  }

  @Test
  void message_withAnyBitFlipped_isNotTheOneThatWasSigned() {
    for (int bit = 0; bit < MESSAGE.length * 8; bit++) {
      assertThat(verified(key.verificationKey(), flipped(MESSAGE, bit), good)).isFalse();
    }
  }

  @Test
  void signature_ofAnotherLength_isRefused() {
    for (int size : new int[] {0, 1, 31, 32, 33, 63, 65, 96, 114, 128}) {
      assertThat(verifies(Arrays.copyOf(good, size))).as(size + " bytes").isFalse();
    }
    assertThat(verifies(joined(new byte[1], good))).isFalse();
    assertThat(verifies(joined(good, good))).isFalse();
    assertThat(verifies(Arrays.copyOfRange(good, 1, 64))).isFalse();
    assertThat(verifies(new byte[64])).isFalse();
  }

  @Test
  void signature_byAnotherKey_isRefused() {
    VerificationKey negated = accepted(ed25519(key.point().negated().encoded()));
    VerificationKey other = new EdwardsKey(random).verificationKey();

    assertThat(verified(negated, MESSAGE, good)).isFalse();
    assertThat(verified(other, MESSAGE, good)).isFalse();
  }

  @Test
  void key_ofSmallOrder_isRefused_inEachEncoding() {
    List<byte[]> encodings = smallOrderEncodings().toList();

    // 8 points; y of 0 and 1 can be written as p and p + 1 too, x of 0 with either sign.
    assertThat(encodings).hasSize(14);
    assertThat(EdwardsPoint.smallOrder().map(EdwardsPoint::encoded))
        .hasSize(8)
        .allMatch(point -> encodings.stream().anyMatch(other -> Arrays.equals(point, other)));
    for (byte[] encoding : encodings) {
      assertThat(refused(ed25519(encoding))).containsAnyOf("small order", "not canonical");
    }
  }

  @Test
  void key_ofMixedOrder_isRefused() {
    for (EdwardsPoint more : EdwardsPoint.smallOrder().skip(1).toList()) {
      assertThat(refused(ed25519(key.point().plus(more).encoded()))).contains("mixed order");
    }
    assertThat(accepted(ed25519(key.point().encoded())).algorithm()).isEqualTo(Algorithm.EDDSA);
  }

  @Test
  void key_nonCanonical_isRefused() {
    for (BigInteger y : NON_CANONICAL) {
      assertThat(refused(ed25519(EdwardsPoint.encoded(y, false)))).contains("not canonical");
      assertThat(refused(ed25519(EdwardsPoint.encoded(y, true)))).contains("not canonical");
    }
  }

  @Test
  void key_offTheCurve_isRefused() {
    offTheCurve().forEach(x -> assertThat(refused(ed25519(x))).contains("not a point"));
  }

  @Test
  void key_ofAnySmallY_isAccepted_whereItIsAPointOfPrimeOrder() {
    List<BigInteger> good =
        IntStream.range(2, 40)
            .mapToObj(BigInteger::valueOf)
            .filter(
                y -> EdwardsPoint.of(y, false).filter(point -> point.times(L).zero()).isPresent())
            .toList();

    assertThat(good).isNotEmpty();
    for (int small = 0; small < 40; small++) {
      BigInteger y = BigInteger.valueOf(small);
      for (boolean odd : new boolean[] {false, true}) {
        assertThat(read(EdwardsPoint.encoded(y, odd))).as("y = " + y).isEqualTo(good.contains(y));
      }
    }
  }

  private boolean verifies(byte[] signature) {
    return Vectors.verified(key.verificationKey(), MESSAGE, signature);
  }

  private byte[] withS(BigInteger s) {
    return joined(r(good), s32(s));
  }

  private Stream<byte[]> offTheCurve() {
    return Stream.generate(() -> new BigInteger(254, random))
        .filter(y -> EdwardsPoint.of(y, false).isEmpty())
        .limit(20)
        .map(y -> EdwardsPoint.encoded(y, random.nextBoolean()));
  }

  /** With either sign of x, and with p added to y where that fits. */
  private static Stream<byte[]> smallOrderEncodings() {
    return EdwardsPoint.smallOrder()
        .map(EdwardsPoint::affineY)
        .distinct()
        .flatMap(y -> Stream.of(y, y.add(P)))
        .filter(y -> y.bitLength() <= 255)
        .flatMap(y -> Stream.of(EdwardsPoint.encoded(y, false), EdwardsPoint.encoded(y, true)));
  }

  private static boolean read(byte[] x) {
    return VerificationKey.fromJwk(ed25519(x)) instanceof JwkResult.Accepted;
  }

  private static byte[] r(byte[] signature) {
    return Arrays.copyOf(signature, 32);
  }

  private static BigInteger s(byte[] signature) {
    return new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
  }

  private static byte[] s32(BigInteger s) {
    return littleEndian(s);
  }

  private static byte[] hash(String algorithm, byte[] message) throws Exception {
    return MessageDigest.getInstance(algorithm).digest(message);
  }
}
