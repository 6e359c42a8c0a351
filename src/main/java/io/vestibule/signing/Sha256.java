package io.vestibule.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as the wire writes it: 43 characters of base64url. */
public final class Sha256 {
  /** 32 bytes in base64url. */
  private static final int LENGTH = 43;

  /** Each thread's own. */
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

  private Sha256() {}

  public static String base64Url(byte[] bytes) {
    MessageDigest digest = DIGEST.get();
    digest.reset(); // One that threw remembers what it was given.
    return Base64Url.encode(digest.digest(bytes));
  }

  /** Of the text in UTF-8. */
  public static String base64Url(String text) {
    return base64Url(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the text can be such a hash: the canonical base64url of 32 bytes. */
  public static boolean written(String text) {
    return text.length() == LENGTH && Base64Url.canonical(text);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
