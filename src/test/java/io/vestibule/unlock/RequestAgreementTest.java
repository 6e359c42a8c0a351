package io.vestibule.unlock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.Reason;
import io.vestibule.testing.Keys;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Requests bent in every way read as the reference reads them. */
class RequestAgreementTest {
  private static final int SEEDS = 20_000;
  private static final byte[] SIGNED = Requests.signed(Keys.ed25519());

  private static final List<String> NAMES =
      List.of(
          "sub",
          "aud",
          "jti",
          "iat",
          "exp",
          "grant",
          "parcel",
          "geo",
          "alg",
          "kid",
          "typ",
          "crit",
          "jwk",
          "jku",
          "x5c",
          "x5u",
          "x",
          "",
          "s\\u0075b",
          "\\u0067eo",
          "\\ud83d\\ude80",
          "\\ud83d",
          "é",
          "a name that is longer than others");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-0",
          "-0.0",
          "1.0",
          "1e3",
          "1795334400",
          "1795334460",
          "1795334461",
          "1795334400.0",
          "1795334400e0",
          "253402300799",
          "253402300800",
          "9223372036854775808",
          "-9223372036854775809",
          "1".repeat(64),
          "1".repeat(65),
          "0." + "1".repeat(64),
          "0e" + "0".repeat(64),
          "1e400",
          "-1e-400",
          "0.1000000000000000055511151231257827",
          "90",
          "-180.0000000000001",
          "01",
          "1.",
          "-",
          "NaN",
          "\"\"",
          "\"courier-2\"",
          "\"c\\u006furier\"",
          "\"EdDSA\"",
          "\"ES256\"",
          "\"ES\\u0032\\u0035\\u0036\"",
          "\"none\"",
          "\"unlock+jwt\"",
          "\"unlock\\u002Bjwt\"",
          "\"0123456789abcdef\"",
          "\"0123456789abcdé\"",
          "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"",
          "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"🚀\\ud83d\\ude80\"",
          "\"\\x\"",
          "\"\t\"",
          "[]",
          "{}",
          "[1,{\"a\":1,\"a\":2}]",
          "[{\"a\":1},{\"a\":2}]",
          "{\"lat\":1,\"lon\":2}",
          "{\"lat\":-0,\"lon\":-0.0,\"acc\":null}",
          "{\"lat\":1.5e1,\"lon\":2,\"acc\":-1}",
          "{\"l\\u0061t\":1,\"lon\":179.99999999999999999,\"x\":[[]]}",
          "{\"lat\":1,\"lon\":2,\"lat\":3}",
          "{\"lat\":90.00000000000001,\"lon\":2}",
          "[".repeat(31) + "]".repeat(31),
          "[".repeat(32) + "]".repeat(32));

  @Test
  void bentRequest_readsAsTheReferenceReadsIt() {
    Map<String, Integer> counts = new TreeMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      byte[] token = bent(new Random(seed));

      counts.merge(agreed("seed " + seed, token), 1, Integer::sum);
    }

    assertThat(counts.keySet()).containsExactly("MALFORMED", "UNSUPPORTED_ALGORITHM", "parsed");
    assertThat(counts.values()).as("%s", counts).allMatch(count -> count > SEEDS / 50);
  }

  @Property(tries = 1_000)
  void anyPayload_readsAsTheReferenceReadsIt(@ForAll String text, @ForAll byte[] bytes) {
    String header = json(header());
    for (byte[] payload :
        List.of(text.getBytes(UTF_8), bytes, ("{\"x\":\"" + text + "\"}").getBytes(UTF_8))) {
      agreed("payload " + text, Requests.unsigned(header.getBytes(UTF_8), payload));
      agreed("header " + text, Requests.unsigned(payload, json(claims()).getBytes(UTF_8)));
    }
  }

  private static String agreed(String what, byte[] token) {
    try {
      return Requests.agreed(token).map(Reason::name).orElse("parsed");
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(what + ": " + new String(token, UTF_8), e);
    }
  }

  private static byte[] bent(Random random) {
    if (random.nextInt(10) == 0) {
      return bent(SIGNED, random);
    }
    List<String> header = header();
    if (random.nextInt(5) == 0) {
      header.set(0, "\"alg\":\"HS256\"");
    }
    List<String> claims = claims();
    for (int bends = random.nextInt(4); bends > 0; bends--) {
      bend(random.nextInt(3) == 0 ? header : claims, random);
    }
    byte[] head = spaced(json(header), random).getBytes(UTF_8);
    byte[] payload = spaced(json(claims), random).getBytes(UTF_8);
    boolean cut = random.nextInt(4) == 0;
    return Requests.unsigned(head, cut ? bent(payload, random) : payload);
  }

  private static void bend(List<String> members, Random random) {
    int at = random.nextInt(members.size());
    String value = VALUES.get(random.nextInt(VALUES.size()));
    String member = members.get(at);
    String name = member.substring(0, member.indexOf(':') + 1);
    switch (random.nextInt(5)) {
      case 0 -> members.add(at, "\"" + NAMES.get(random.nextInt(NAMES.size())) + "\":" + value);
      case 1 -> members.add(member);
      case 2 -> members.set(at, value);
      default -> members.set(at, name + value);
    }
  }

  /** Bytes flipped, left out, put in or said twice. */
  private static byte[] bent(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(8));
    byte[] before = Arrays.copyOf(bytes, at);
    byte[] between = Arrays.copyOfRange(bytes, at, to);
    byte[] after = Arrays.copyOfRange(bytes, to, bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> joined(before, after);
      case 1 -> joined(before, between, between, after);
      case 2 -> joined(before, "\\u0061".getBytes(UTF_8), between, after);
      case 3 -> joined(before, new byte[] {(byte) random.nextInt(256)}, between, after);
      default -> {
        between[0] ^= (byte) (1 << random.nextInt(8));
        yield joined(before, between, after);
      }
    };
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static String spaced(String json, Random random) {
    return random.nextInt(5) == 0 ? " " + json.replace(":", "\t:\r\n ").replace(",", " ,") : json;
  }

  private static List<String> header() {
    return new ArrayList<>(List.of("\"alg\":\"EdDSA\"", "\"kid\":\"k\"", "\"typ\":\"unlock+jwt\""));
  }

  private static List<String> claims() {
    return Requests.claims().properties().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String json(List<String> members) {
    return "{" + String.join(",", members) + "}";
  }
}
