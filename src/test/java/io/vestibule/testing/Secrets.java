package io.vestibule.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What no output may hold, by its form. */
public final class Secrets {
  private static final List<Pattern> FORMS =
      List.of(
          // PEM, and its body's lines where the head is missing.
          Pattern.compile("-----BEGIN"),
          Pattern.compile("[A-Za-z0-9+/]{60,}"),
          // A JWS or a bearer token, whole or cut: base64url of an object.
          Pattern.compile("eyJ[A-Za-z0-9_-]{4,}"),
          // 32 bytes in base64url: a JWK's x and d, a thumbprint, the hash of a label.
          Pattern.compile("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"),
          Pattern.compile("\"(d|x|y|k)\" ?: ?\""),
          Pattern.compile("(?i)bearer +[A-Za-z0-9]"),
          // The demo's labels.
          Pattern.compile("parcel-\\d"));

  private Secrets() {}

  public static void assertNone(String output) {
    for (Pattern form : FORMS) {
      Matcher matcher = form.matcher(output);
      assertThat(matcher.find() ? matcher.group() : "").as("found by %s", form).isEmpty();
    }
  }
}
