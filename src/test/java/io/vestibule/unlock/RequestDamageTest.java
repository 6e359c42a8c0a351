package io.vestibule.unlock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.Reason;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.CompactJws;
import io.vestibule.signing.JwsResult;
import io.vestibule.signing.Signer;
import io.vestibule.signing.VerificationKey;
import io.vestibule.testing.Keys;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A good request with any damage is refused, for the right reason. What is no digit of base64url
 * where one belongs makes it {@code malformed}, and so does a dot too many or too few. Digits of
 * the signature, whichever and however many, make it {@code bad_signature}. Other digits of header
 * and claims make it whatever they now say.
 */
class RequestDamageTest {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  static Stream<Signer> signers() {
    return Stream.of(Keys.ed25519(), Keys.p256());
  }

  @ParameterizedTest
  @MethodSource("signers")
  void everyBitFlipped_isRefused_forTheRightReason(Signer signer) {
    byte[] token = Requests.signed(signer);
    int signatureFrom = signatureFrom(token);
    Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    assertThat(Requests.judged(token, signer.publicKey())).isEmpty();

    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] flipped = token.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      Reason expected = expected(flipped, bit / 8 >= signatureFrom, signer.publicKey());
      assertThat(Requests.judged(flipped, signer.publicKey())).as("bit " + bit).hasValue(expected);
      counts.merge(expected, 1, Integer::sum);
    }

    assertThat(counts.keySet())
        .containsExactly(
            Reason.MALFORMED,
            Reason.UNSUPPORTED_ALGORITHM,
            Reason.UNKNOWN_KEY,
            Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @MethodSource("signers")
  void everyBitOfTheSignatureItself_isRefusedAsABadOne(Signer signer) {
    byte[] token = Requests.signed(signer);
    String input = new String(token, 0, signatureFrom(token), UTF_8);
    byte[] signature =
        Base64Url.decode(new String(token, UTF_8).substring(input.length())).orElseThrow();

    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(
              Requests.judged(
                  (input + Base64Url.encode(flipped)).getBytes(UTF_8), signer.publicKey()))
          .as("bit " + bit)
          .hasValue(Reason.BAD_SIGNATURE);
    }
  }

  @ParameterizedTest
  @MethodSource("signers")
  void everyTruncation_isMalformed_unlessItCutsTheSignature(Signer signer) {
    byte[] token = Requests.signed(signer);
    int signatureFrom = signatureFrom(token);

    for (int size = 0; size < token.length; size++) {
      assertThat(Requests.judged(Arrays.copyOf(token, size), signer.publicKey()))
          .as("the first " + size)
          .hasValue(size < signatureFrom ? Reason.MALFORMED : Reason.BAD_SIGNATURE);
      byte[] behind = Arrays.copyOfRange(token, size + 1, token.length);
      assertThat(Requests.judged(behind, signer.publicKey()))
          .as("from " + (size + 1))
          .hasValue(Requests.expected(behind, signer.publicKey()));
    }
  }

  @ParameterizedTest
  @MethodSource("signers")
  void everyByteMore_isMalformed_unlessItIsADigitOfTheSignature(Signer signer) {
    byte[] token = Requests.signed(signer);

    for (int more = 0; more < 256; more++) {
      byte[] longer = Arrays.copyOf(token, token.length + 1);
      longer[token.length] = (byte) more;
      assertThat(Requests.judged(longer, signer.publicKey()))
          .as("behind it " + more)
          .hasValue(DIGITS.indexOf(more) < 0 ? Reason.MALFORMED : Reason.BAD_SIGNATURE);

      System.arraycopy(token, 0, longer, 1, token.length);
      longer[0] = (byte) more;
      assertThat(Requests.judged(longer, signer.publicKey()))
          .as("before it " + more)
          .hasValue(Requests.expected(longer, signer.publicKey()));
    }
  }

  @Test
  void hundredThousandLevels_areMalformed_inHeaderAndClaims_whateverTheBound() {
    int levels = 100_000;
    byte[] plain = "{}".getBytes(UTF_8);

    for (String deep :
        new String[] {
          "[".repeat(levels),
          "{\"a\":".repeat(levels),
          "{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}",
          "{\"a\":".repeat(levels) + "0" + "}".repeat(levels)
        }) {
      byte[] json = deep.getBytes(UTF_8);
      assertThat(CompactJws.parse(Requests.unsigned(json, plain), Integer.MAX_VALUE))
          .isInstanceOf(JwsResult.Malformed.class);
      assertThat(CompactJws.parse(Requests.unsigned(plain, json), Integer.MAX_VALUE))
          .isInstanceOf(JwsResult.Malformed.class);
    }
  }

  @Test
  void sizeOver2048_isMalformed_whateverTheBytes() {
    byte[] token = Requests.signed(Keys.ed25519());

    for (int size : new int[] {2_049, 4_096, 1_000_000}) {
      assertThat(RequestParser.parse(new byte[size])).isEqualTo(malformed());
      assertThat(RequestParser.parse("A".repeat(size).getBytes(UTF_8))).isEqualTo(malformed());
      byte[] padded = Arrays.copyOf(token, size);
      Arrays.fill(padded, token.length, size, (byte) 'A');
      assertThat(RequestParser.parse(padded)).isEqualTo(malformed());
    }
    byte[] largest = Arrays.copyOf(token, RequestParser.BYTES_MAX);
    Arrays.fill(largest, token.length, largest.length, (byte) 'A');
    assertThat(RequestParser.parse(largest)).isInstanceOf(RequestResult.Parsed.class);
  }

  /** As many members as fit, with names as alike as can be: each try far under a millisecond. */
  @Test
  @Timeout(30)
  void membersAsManyAsFit_areReadSoon() {
    byte[] header = "{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"unlock+jwt\"}".getBytes(UTF_8);
    for (int digits : new int[] {1, 2, 5, 8, 12, 40}) {
      StringBuilder claims = new StringBuilder("{\"x\":0");
      for (int index = 0; claims.length() + digits + 6 < 1_300; index++) {
        String number = Integer.toString(index, Character.MAX_RADIX);
        claims.append(",\"").append("0".repeat(Math.max(0, digits - number.length())));
        claims.append(number).append("\":0");
      }
      byte[] token = Requests.unsigned(header, claims.append('}').toString().getBytes(UTF_8));
      assertThat(token.length).isLessThan(RequestParser.BYTES_MAX);

      for (int round = 0; round < 5_000; round++) {
        assertThat(RequestParser.parse(token)).isEqualTo(malformed());
      }
    }
  }

  /** The rules above; of other digits in header and claims the reference tells. */
  private static Reason expected(byte[] damaged, boolean inSignature, VerificationKey key) {
    boolean digits = new String(damaged, UTF_8).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]*");
    if (!digits) {
      return Reason.MALFORMED;
    }
    return inSignature ? Reason.BAD_SIGNATURE : Requests.expected(damaged, key);
  }

  private static int signatureFrom(byte[] token) {
    return new String(token, UTF_8).lastIndexOf('.') + 1;
  }

  private static RequestResult malformed() {
    return new RequestResult.Refused(Reason.MALFORMED, Optional.empty());
  }
}
