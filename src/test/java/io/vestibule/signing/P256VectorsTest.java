package io.vestibule.signing;

import static io.vestibule.signing.P256Key.BASE;
import static io.vestibule.signing.P256Key.N;
import static io.vestibule.signing.P256Key.P;
import static io.vestibule.signing.P256Key.hash;
import static io.vestibule.signing.P256Key.hashed;
import static io.vestibule.signing.P256Key.pointAt;
import static io.vestibule.signing.P256Key.raw;
import static io.vestibule.signing.P256Key.recovered;
import static io.vestibule.signing.P256Key.sign;
import static io.vestibule.signing.P256Key.x;
import static io.vestibule.signing.Vectors.bigEndian;
import static io.vestibule.signing.Vectors.flipped;
import static io.vestibule.signing.Vectors.joined;
import static io.vestibule.signing.Vectors.p256;
import static io.vestibule.signing.Vectors.refused;
import static io.vestibule.signing.Vectors.reversed;
import static io.vestibule.signing.Vectors.verified;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each class of bad ES256 signature and key, made here; both providers must say the same. */
class P256VectorsTest {
  private static final BigInteger ZERO = BigInteger.ZERO;
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger TWO = BigInteger.TWO;
  private static final byte[] MESSAGE = "header.payload".getBytes(US_ASCII);

  private final Random random = new Random(256);
  private final BigInteger scalar = scalar();
  private final VerificationKey key = P256Key.ofScalar(scalar).verificationKey();
  private final byte[] good = sign(scalar, scalar(), hashed(MESSAGE));
  private final BigInteger r = new BigInteger(1, Arrays.copyOf(good, 32));
  private final BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, 32, 64));

  @Test
  void goodSignature_verifies_whateverTheMessagesSize() {
    for (int size = 0; size < 300; size = size * 2 + 1) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      byte[] signature = sign(scalar, scalar(), hashed(message));

      assertThat(verified(key, message, signature)).isTrue();
      assertThat(verified(key, joined(message, new byte[1]), signature)).isFalse();
    }
  }

  @Test
  void s_negated_isGood() {
    assertThat(verifies(raw(r, N.subtract(s)))).isTrue();
    assertThat(verifies(raw(N.subtract(r), s))).isFalse();
    assertThat(verifies(raw(N.subtract(r), N.subtract(s)))).isFalse();
  }

  @Test
  void rOrS_outsideOneToTheOrderLessOne_isRefused_byAnyKey() {
    for (BigInteger bad : List.of(ZERO, N, N.add(ONE), P, P.add(ONE), TWO.pow(256).subtract(ONE))) {
      for (BigInteger other : List.of(ZERO, ONE, N.subtract(ONE), N, r, s)) {
        assertThat(verifies(raw(bad, other))).isFalse();
        assertThat(verifies(raw(other, bad))).isFalse();
      }
    }
  }

  @Test
  void rOrS_atTheBorders_withinThem_isRefused_whereItIsNotTheSignature() {
    for (BigInteger border : List.of(ONE, TWO, N.subtract(TWO), N.subtract(ONE))) {
      assertThat(verifies(raw(border, s))).isFalse();
      assertThat(verifies(raw(r, border))).isFalse();
      assertThat(verifies(raw(border, border))).isFalse();
    }
  }

  @Test
  void rAndS_ofEveryMagnitude_areGood_byTheKeyTheyFit() {
    for (BigInteger edge : edges()) {
      ECPoint bigR = edge.bitLength() < 256 ? firstPointFrom(edge) : lastPointBefore(edge.add(ONE));
      BigInteger fitting = x(bigR);

      assertThat(verifies(recovered(bigR, fitting, s, MESSAGE), fitting, s)).isTrue();
      assertThat(verifies(recovered(bigR, fitting, edge, MESSAGE), fitting, edge)).isTrue();
      assertThat(verifies(recovered(bigR, fitting, edge, MESSAGE), fitting, s)).isFalse();
    }
  }

  @Test
  void r_ofAPointWhoseXIsAboveTheOrder_isGood_onceReduced() {
    ECPoint bigR = firstPointFrom(N.add(ONE));
    BigInteger reduced = x(bigR).subtract(N);
    P256Key fitting = recovered(bigR, reduced, s, MESSAGE);

    assertThat(x(bigR)).isLessThan(P);
    assertThat(verifies(fitting, reduced, s)).isTrue();
    assertThat(verifies(fitting, reduced.add(N), s)).isFalse();
  }

  @Test
  void rOrS_raisedByTheOrder_isRefused_whereItFits() {
    ECPoint bigR = firstPointFrom(TWO);
    BigInteger small = x(bigR);
    P256Key fitting = recovered(bigR, small, small, MESSAGE);

    assertThat(verifies(fitting, small, small)).isTrue();
    assertThat(verifies(fitting, small.add(N), small)).isFalse();
    assertThat(verifies(fitting, small, small.add(N))).isFalse();
    assertThat(verifies(fitting, small.add(N), small.add(N))).isFalse();
  }

  @Test
  void r_thatMeetsXOnlyPastTheFieldsPrime_isRefused() {
    ECPoint bigR = firstPointFrom(TWO);
    BigInteger wrapping = x(bigR).add(P).subtract(N);

    assertThat(verifies(recovered(bigR, wrapping, s, MESSAGE), wrapping, s)).isFalse();
  }

  @Test
  void sum_atInfinity_isRefused() {
    for (BigInteger any : List.of(ONE, TWO, r, N.subtract(ONE))) {
      BigInteger opposite = N.subtract(hashed(MESSAGE)).multiply(any.modInverse(N)).mod(N);

      assertThat(verifies(P256Key.ofScalar(opposite), any, s)).isFalse();
    }
  }

  @Test
  void sum_ofAPointWithItself_isGood() {
    for (BigInteger nonce : List.of(ONE, TWO, scalar())) {
      BigInteger fitting = x(BASE.multiply(nonce)).mod(N);
      BigInteger same = hashed(MESSAGE).multiply(fitting.modInverse(N)).mod(N);
      byte[] signature = sign(same, nonce, hashed(MESSAGE));

      assertThat(verified(P256Key.ofScalar(same).verificationKey(), MESSAGE, signature)).isTrue();
    }
  }

  @Test
  void scalarAndNonce_ofEveryMagnitude_giveGoodSignatures() {
    List<BigInteger> edges = List.of(ONE, TWO, N.shiftRight(1), N.subtract(TWO), N.subtract(ONE));
    for (BigInteger secret : edges) {
      for (BigInteger nonce : edges) {
        byte[] signature = sign(secret, nonce, hashed(MESSAGE));
        VerificationKey fitting = P256Key.ofScalar(secret).verificationKey();

        assertThat(verified(fitting, MESSAGE, signature)).isTrue();
        assertThat(verified(fitting, flipped(MESSAGE, 0), signature)).isFalse();
      }
    }
  }

  @Test
  void hash_thatStartsOrEndsWithZeros_isWhole() {
    for (int at : new int[] {0, 31}) {
      byte[] message =
          IntStream.iterate(0, count -> count + 1)
              .mapToObj(count -> ("message " + count).getBytes(US_ASCII))
              .filter(text -> hash("SHA-256", text)[at] == 0)
              .findFirst()
              .orElseThrow();
      byte[] signature = sign(scalar, scalar(), hashed(message));

      assertThat(verified(key, message, signature)).isTrue();
    }
  }

  @Test
  void hash_ofAnotherKind_isRefused() {
    BigInteger nonce = scalar();
    for (byte[] other :
        List.of(
            MESSAGE,
            hash("SHA-256", hash("SHA-256", MESSAGE)),
            hash("SHA-1", MESSAGE),
            hash("SHA-224", MESSAGE),
            Arrays.copyOf(hash("SHA-384", MESSAGE), 32),
            Arrays.copyOf(hash("SHA-512", MESSAGE), 32),
            hash("SHA-512/256", MESSAGE),
            hash("SHA3-256", MESSAGE),
            reversed(hash("SHA-256", MESSAGE)),
            new byte[32])) {
      assertThat(verifies(sign(scalar, nonce, new BigInteger(1, other)))).isFalse();
    }
    // 32 bytes that were signed as the hash itself.
    byte[] prehashed = hash("SHA-256", MESSAGE);
    byte[] unhashed = sign(scalar, nonce, new BigInteger(1, prehashed));
    assertThat(verified(key, prehashed, unhashed)).isFalse();
    assertThat(verifies(unhashed)).isTrue();
  }

  @Test
  void message_withAnyBitFlipped_isNotTheOneThatWasSigned() {
    for (int bit = 0; bit < MESSAGE.length * 8; bit++) {
      assertThat(verified(key, flipped(MESSAGE, bit), good)).isFalse();
    }
  }

  @Test
  void signature_inDer_isRefused_alsoWhereItIsAsLongAsARawOne() throws Exception {
    ECPoint bigR = firstPointFrom(TWO.pow(230));
    BigInteger shortR = x(bigR);
    BigInteger shortS = TWO.pow(230).add(ONE);
    P256Key fitting = recovered(bigR, shortR, shortS, MESSAGE);

    assertThat(verifies(der(r, s))).isFalse();
    assertThat(der(shortR, shortS)).hasSize(64);
    assertThat(verifies(fitting, shortR, shortS)).isTrue();
    assertThat(verified(fitting.verificationKey(), MESSAGE, der(shortR, shortS))).isFalse();
  }

  @Test
  void signature_writtenInAnotherWay_isRefused() {
    for (int size : new int[] {33, 48, 66}) {
      byte[] padded = joined(bigEndian(r, size), bigEndian(s, size));
      assertThat(verifies(padded)).as(size + " bytes each").isFalse();
    }
    assertThat(verifies(raw(s, r))).isFalse();
    assertThat(verifies(reversed(good))).isFalse();
    assertThat(verifies(joined(reversed(bigEndian(r)), reversed(bigEndian(s))))).isFalse();
    assertThat(verifies(joined(good, good))).isFalse();
    assertThat(verifies(joined(new byte[1], good))).isFalse();
    for (int size : new int[] {0, 1, 31, 32, 33, 63, 65, 96, 128, 132}) {
      assertThat(verifies(Arrays.copyOf(good, size))).as(size + " bytes").isFalse();
    }
  }

  @Test
  void signature_byAnotherKey_isRefused() {
    assertThat(verifies(P256Key.ofScalar(scalar()), r, s)).isFalse();
    assertThat(verifies(P256Key.ofScalar(N.subtract(scalar)), r, s)).isFalse();
  }

  @Test
  void key_atTheBordersOfTheField_isRead_andVerifiesNothingStrange() {
    for (ECPoint point :
        List.of(pointAt(ZERO).orElseThrow(), firstPointFrom(ONE), lastPointBefore(P))) {
      for (ECPoint either : List.of(point, point.negate())) {
        assertThat(verifies(new P256Key(either.normalize()), r, s)).isFalse();
      }
    }
  }

  @Test
  void key_withACoordinateAboveTheField_isRefused() {
    ECPoint low = firstPointFrom(ONE);
    byte[] y = bigEndian(low.getAffineYCoord().toBigInteger());
    byte[] x = bigEndian(x(low));

    assertThat(x(low).add(P).bitLength()).isLessThanOrEqualTo(256);
    assertOffTheCurve(bigEndian(x(low).add(P)), y);
    for (BigInteger over : List.of(P, P.add(ONE), TWO.pow(256).subtract(ONE))) {
      assertOffTheCurve(bigEndian(over), y);
      assertOffTheCurve(x, bigEndian(over));
    }
  }

  @Test
  void key_offTheCurve_orAtInfinity_isRefused() {
    ECPoint point = P256Key.ofScalar(scalar).point();
    byte[] x = bigEndian(x(point));
    byte[] y = bigEndian(point.getAffineYCoord().toBigInteger());

    assertOffTheCurve(new byte[32], new byte[32]);
    assertOffTheCurve(new byte[32], y);
    assertOffTheCurve(x, new byte[32]);
    assertOffTheCurve(y, x);
    for (int bit = 0; bit < 256; bit += 5) {
      assertOffTheCurve(flipped(x, bit), y);
      assertOffTheCurve(x, flipped(y, bit));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256k1", "brainpoolP256r1", "sm2p256v1", "FRP256v1"})
  void key_ofAnotherCurveAsLong_isRefused(String curve) {
    ECPoint point = ECNamedCurveTable.getParameterSpec(curve).getG().multiply(scalar).normalize();

    assertOffTheCurve(point.getAffineXCoord().getEncoded(), point.getAffineYCoord().getEncoded());
  }

  private boolean verifies(byte[] signature) {
    return verified(key, MESSAGE, signature);
  }

  private static boolean verifies(P256Key key, BigInteger r, BigInteger s) {
    return verified(key.verificationKey(), MESSAGE, raw(r, s));
  }

  private static void assertOffTheCurve(byte[] x, byte[] y) {
    assertThat(refused(p256(x, y))).isEqualTo("x and y are not a point of the curve");
  }

  /** Numbers that libraries have stumbled over: small, large, half, powers and all ones. */
  private static List<BigInteger> edges() {
    Stream<BigInteger> near =
        Stream.of(ONE, TWO, N.subtract(TWO), N.subtract(ONE), N.shiftRight(1));
    Stream<BigInteger> powers = IntStream.of(31, 32, 63, 64, 127, 128, 224, 255).mapToObj(TWO::pow);
    Stream<BigInteger> ones =
        IntStream.of(32, 64, 128, 224).mapToObj(bits -> TWO.pow(bits).subtract(ONE));
    return Stream.of(near, powers, ones).flatMap(edges -> edges).toList();
  }

  private static ECPoint firstPointFrom(BigInteger x) {
    return Stream.iterate(x, next -> next.add(ONE))
        .flatMap(next -> pointAt(next).stream())
        .findFirst()
        .orElseThrow();
  }

  private static ECPoint lastPointBefore(BigInteger x) {
    return Stream.iterate(x.subtract(ONE), next -> next.subtract(ONE))
        .flatMap(next -> pointAt(next).stream())
        .findFirst()
        .orElseThrow();
  }

  private BigInteger scalar() {
    return new BigInteger(255, random).add(ONE);
  }

  private static byte[] der(BigInteger r, BigInteger s) throws IOException {
    return new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)}).getEncoded();
  }
}
