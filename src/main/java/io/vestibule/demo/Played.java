package io.vestibule.demo;

/** A scene that is over. */
record Played(String name, String expected, String seen) {
  boolean asExpected() {
    return expected.equals(seen);
  }
}
