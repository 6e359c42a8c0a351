package io.vestibule.unlock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.regex.Matcher.quoteReplacement;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vestibule.access.Reason;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.CompactJws;
import io.vestibule.signing.Signer;
import io.vestibule.testing.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, the parser and the reference say the same. An ordinary test run tries the
 * seeds alone; the build runs it once more, led by coverage, for a bounded time.
 */
@Tag("fuzz")
class RequestFuzzTest {
  private static final Signer ED25519 = Keys.ed25519();
  private static final Signer P256 = Keys.p256();

  /** What else JSON knows, of which a good request may have any. */
  private static final List<String> MEMBERS =
      List.of(
          "\"\\ud83d\\ude80\\n\":\"\\u0061\"",
          "\"é🚀\":\"\"",
          "\"x\":[[{}],true,[null]]",
          "\"y\" : {\"a\":{},\"a longer name\":1 }",
          "\"z\":-1.50e+3");

  /** Good tokens, and header and claims as they stand in them, alone and with more. */
  static Stream<byte[]> seeds() {
    return Stream.of(ED25519, P256)
        .map(Requests::signed)
        .flatMap(token -> Stream.concat(Stream.of(token), parts(token)));
  }

  /**
   * @param bytes a token; or, since no mutation finds its way through base64, header and claims in
   *     the clear with a line's end between
   */
  @DictionaryEntries({
    "\\u0061", "\\ud83d", "\\ude80", "\\n", "\\", "[[", "]]", "{\"", "\":", "null", "e400", "-0",
    "0."
  })
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "5s")
  void anyBytes_readAsTheReferenceReadsThem(byte[] bytes) {
    byte[] token = bytes.length > 0 && bytes[0] == '{' ? token(bytes) : bytes;

    Optional<Reason> refused = Requests.agreed(token);

    if (refused.isPresent()) {
      assertThat(refused.get()).isIn(Reason.MALFORMED, Reason.UNSUPPORTED_ALGORITHM);
    } else {
      assertCanonical(token);
    }
  }

  /** What was accepted has no other text that says the same. */
  private static void assertCanonical(byte[] token) {
    CompactJws jws = ((RequestResult.Parsed) RequestParser.parse(token)).jws();
    String text = new String(token, UTF_8);
    String input = text.substring(0, text.lastIndexOf('.'));
    String[] parts = input.split("\\.");

    assertThat(new String(jws.signingInput(), UTF_8)).isEqualTo(input);
    for (String part : parts) {
      assertThat(Base64Url.encode(Base64Url.decode(part).orElseThrow())).isEqualTo(part);
    }
    if (jws.signature().length > 0) {
      assertThat(input + "." + Base64Url.encode(jws.signature())).isEqualTo(text);
    }
  }

  private static byte[] token(byte[] parts) {
    int headerEnd = 0;
    while (headerEnd < parts.length && parts[headerEnd] != '\n') {
      headerEnd++;
    }
    int payloadFrom = Math.min(headerEnd + 1, parts.length);
    return Requests.unsigned(
        Arrays.copyOf(parts, headerEnd), Arrays.copyOfRange(parts, payloadFrom, parts.length));
  }

  private static Stream<byte[]> parts(byte[] token) {
    String[] parts = new String(token, UTF_8).split("\\.");
    String clear = text(parts[0]) + "\n" + text(parts[1]);
    return Stream.concat(
            Stream.of(clear),
            MEMBERS.stream()
                .map(member -> clear.replaceAll("}$", "," + quoteReplacement(member + "}"))))
        .map(text -> text.getBytes(UTF_8));
  }

  private static String text(String part) {
    return new String(Base64Url.decode(part).orElseThrow(), UTF_8);
  }
}
