package io.vestibule.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.json.Json;
import io.vestibule.testing.Keys;
import io.vestibule.unlock.RequestParser;
import io.vestibule.unlock.RequestResult;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Signature objects are reused: none may remember what it was given before. */
class JceTest {
  private static final byte[] INPUT = "input".getBytes(StandardCharsets.UTF_8);
  private static final Set<String> OURS = Set.of("AmazonCorrettoCryptoProvider", "BC");

  static Stream<Arguments> providersAndAlgorithms() {
    return Stream.of(Providers.installed(), Providers.bouncyCastle())
        .flatMap(
            jce -> Stream.of(Algorithm.values()).map(algorithm -> Arguments.of(jce, algorithm)));
  }

  @ParameterizedTest
  @MethodSource("providersAndAlgorithms")
  void afterEachBadSignature_theNextGoodOneVerifies(Jce jce, Algorithm algorithm) {
    Pair pair = Pair.of(jce, algorithm);
    Pair other = Pair.of(jce, algorithm);
    byte[] good = pair.sign(INPUT);

    for (byte[] bad : badSignatures(good, other.sign(INPUT))) {
      assertThat(pair.verifies(INPUT, bad)).as("%s", Arrays.toString(bad)).isFalse();
      assertThat(pair.verifies(INPUT, good)).isTrue();
      assertThat(other.verifies(INPUT, good)).isFalse();
      assertThat(pair.verifies("inpuT".getBytes(StandardCharsets.UTF_8), good)).isFalse();
      assertThat(pair.verifies(INPUT, good)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("providersAndAlgorithms")
  void keyThatTheProviderRefuses_isRefusedAgain_andNeverTakenForTheOneBefore(
      Jce jce, Algorithm algorithm) {
    Pair pair = Pair.of(jce, algorithm);
    byte[] good = pair.sign(INPUT);
    VerificationKey refused =
        new VerificationKey("", algorithm, new Unusable(pair.key().key().getAlgorithm()));

    for (int time = 0; time < 3; time++) {
      assertThat(pair.verifies(INPUT, good)).isTrue();
      assertThatThrownBy(() -> jce.verifies(refused, INPUT, INPUT.length, good))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> jce.verifies(refused, INPUT, INPUT.length, good))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(pair.verifies(INPUT, good)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("providersAndAlgorithms")
  void onlyTheFirstBytes_areVerified(Jce jce, Algorithm algorithm) {
    Pair pair = Pair.of(jce, algorithm);
    byte[] longer = Arrays.copyOf(INPUT, INPUT.length + 3);

    assertThat(jce.verifies(pair.key(), longer, INPUT.length, pair.sign(INPUT))).isTrue();
    assertThat(jce.verifies(pair.key(), longer, longer.length, pair.sign(INPUT))).isFalse();
    assertThat(jce.verifies(pair.key(), longer, INPUT.length - 1, pair.sign(INPUT))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("providersAndAlgorithms")
  void manyThreads_verifyAndSignAtOnce(Jce jce, Algorithm algorithm) throws Exception {
    Callable<Boolean> rounds =
        () -> {
          Pair pair = Pair.of(jce, algorithm);
          Pair other = Pair.of(jce, algorithm);
          boolean right = true;
          for (int round = 0; round < 50; round++) {
            byte[] signature = pair.sign(INPUT);
            right &= pair.verifies(INPUT, signature) && !other.verifies(INPUT, signature);
          }
          return right;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Boolean> right : threads.invokeAll(List.of(rounds, rounds, rounds, rounds))) {
        assertThat(right.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_isVerifiedByTheChosenProvider_neverByTheJdks(Algorithm algorithm) throws Exception {
    Signer signer = algorithm == Algorithm.EDDSA ? Keys.ed25519() : Keys.p256();
    byte[] token = request(signer).getBytes(StandardCharsets.UTF_8);

    Signature used =
        onThreadOfItsOwn(
            () -> {
              assertThat(Providers.installed().verifications.take(algorithm).toString())
                  .contains("not initialized");
              RequestResult.Parsed parsed = (RequestResult.Parsed) RequestParser.parse(token);
              assertThat(parsed.verify(Optional.of(signer.publicKey()))).isEmpty();
              return Providers.installed().verifications.take(algorithm);
            });

    assertThat(used.toString()).contains("initialized for verifying");
    assertThat(used.getProvider().getName()).isIn(OURS).isEqualTo(Providers.install().jceName());
  }

  private static List<byte[]> badSignatures(byte[] good, byte[] others) {
    List<byte[]> bad = new ArrayList<>(List.of(others, new byte[0], new byte[64]));
    for (int size : new int[] {1, 32, 63, 65, 70, 128, 4_096}) {
      bad.add(Arrays.copyOf(good, size));
    }
    for (int index : new int[] {0, 31, 32, 63}) {
      byte[] flipped = good.clone();
      flipped[index] ^= 1;
      bad.add(flipped);
    }
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xFF);
    bad.add(ones);
    // The beginning of DER, where no DER is due.
    byte[] der = good.clone();
    der[0] = 0x30;
    der[1] = 0x44;
    bad.add(der);
    return bad;
  }

  private static String request(Signer signer) {
    return signer.sign(
        "unlock+jwt",
        Json.object()
            .put("sub", "courier-1")
            .put("aud", "door-1")
            .put("jti", "0123456789abcdef")
            .put("iat", 1_795_334_400)
            .put("exp", 1_795_334_460)
            .put("grant", "grant-1"));
  }

  private static Signature onThreadOfItsOwn(Callable<Signature> work) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread.submit(work).get();
    } finally {
      thread.shutdownNow();
    }
  }

  private record Pair(Jce jce, PrivateKey secret, VerificationKey key) {
    static Pair of(Jce jce, Algorithm algorithm) {
      KeyPair made =
          algorithm == Algorithm.EDDSA ? Keys.pair("Ed25519", "") : Keys.pair("EC", "secp256r1");
      return new Pair(
          jce,
          jce.privateKey(algorithm, made.getPrivate().getEncoded()),
          new VerificationKey(
              "", algorithm, jce.publicKey(algorithm, made.getPublic().getEncoded())));
    }

    byte[] sign(byte[] input) {
      return jce.sign(key.algorithm(), secret, input);
    }

    boolean verifies(byte[] input, byte[] signature) {
      return jce.verifies(key, input, input.length, signature);
    }
  }

  /** A key of the right name and of no content. */
  private record Unusable(String algorithm) implements PublicKey {
    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[] {1, 2, 3};
    }
  }
}
