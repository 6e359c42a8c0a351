package io.vestibule.http;

import java.util.Optional;

/** The Idempotency-Key of a request: 1 to 255 visible ASCII characters. */
record IdempotencyKey(String text) {
  private static final int LENGTH_MAX = 255;

  /** Empty without the header; 400 for one that is illegal. */
  static Optional<IdempotencyKey> of(Call call) {
    Optional<String> header = call.header("Idempotency-Key");
    if (header.isPresent() && !legal(header.get())) {
      throw Refusal.malformed("Idempotency-Key must be 1 to 255 visible ASCII characters.");
    }
    return header.map(IdempotencyKey::new);
  }

  private static boolean legal(String text) {
    return !text.isEmpty()
        && text.length() <= LENGTH_MAX
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
