package io.vestibule.access;

/** The one syntax that all ids share: {@code [A-Za-z0-9][A-Za-z0-9._-]{0,63}}. */
public final class Identifiers {
  private static final int LENGTH_MAX = 64;

  private Identifiers() {}

  public static boolean legal(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX || !alphanumeric(text.charAt(0))) {
      return false;
    }
    for (int index = 1; index < text.length(); index++) {
      char c = text.charAt(index);
      if (!alphanumeric(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  static void require(String text, String what) {
    if (!legal(text)) {
      throw new IllegalArgumentException("not an identifier for a " + what);
    }
  }

  private static boolean alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
