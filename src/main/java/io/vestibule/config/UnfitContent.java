package io.vestibule.config;

/** A file does not hold what its key wants. */
final class UnfitContent extends Exception {
  private static final long serialVersionUID = 1L;

  private final String expected;

  /** The text completes "expected". */
  UnfitContent(String expected) {
    super(expected, null, false, false);
    this.expected = expected;
  }

  String expected() {
    return expected;
  }
}
