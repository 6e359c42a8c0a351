package io.vestibule.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as the wire writes it: 43 characters of base64url. */
public final class Sha256 {
  /** 32 bytes in base64url. */
  private static final int LENGTH = 43;

  private Sha256() {}

  public static String base64Url(byte[] bytes) {
    try {
      return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of the text in UTF-8. */
  public static String base64Url(String text) {
    return base64Url(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the text can be such a hash: the canonical base64url of 32 bytes. */
  public static boolean written(String text) {
    return text.length() == LENGTH && Base64Url.canonical(text);
  }
}
