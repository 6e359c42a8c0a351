package io.vestibule.config;

/** What is wrong with one key: its dotted name, or the file's, and a text that says the mend. */
public record ConfigFault(String key, String detail) {
  @Override
  public String toString() {
    return key + ": " + detail;
  }
}
