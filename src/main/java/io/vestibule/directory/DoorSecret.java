package io.vestibule.directory;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A door's secret as it is kept: salted and hashed by PBKDF2 with HMAC-SHA-256.
 *
 * <p>Making and checking one takes milliseconds of a core, so it is work for a worker thread. The
 * count is that of RFC 7677 and not the hundreds of thousands for people's passwords: these are
 * made by machines, and every door of a building that lost its power brings one in the same second.
 *
 * @param hash {@code pbkdf2-sha256$count$salt$hash}, the last two in base64
 */
public record DoorSecret(String hash) {
  private static final String SCHEME = "pbkdf2-sha256";
  private static final int COUNT = 4_096;
  private static final int SALT_SIZE = 16;
  private static final int HASH_SIZE = 32;
  private static final Pattern SYNTAX =
      Pattern.compile(SCHEME + "\\$[1-9][0-9]{0,5}\\$[A-Za-z0-9+/]{22}==\\$[A-Za-z0-9+/]{43}=");
  private static final SecureRandom RANDOM = new SecureRandom();

  public DoorSecret {
    if (!SYNTAX.matcher(hash).matches()) {
      throw new IllegalArgumentException("not a hashed secret");
    }
  }

  /** Empty when the text is no hashed secret. */
  static Optional<DoorSecret> parse(String hash) {
    return SYNTAX.matcher(hash).matches() ? Optional.of(new DoorSecret(hash)) : Optional.empty();
  }

  /** Hashes with a salt of its own. Blocks for milliseconds. */
  public static DoorSecret of(String secret) {
    byte[] salt = new byte[SALT_SIZE];
    RANDOM.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    return new DoorSecret(
        String.join(
            "$",
            SCHEME,
            Integer.toString(COUNT),
            base64.encodeToString(salt),
            base64.encodeToString(derive(secret, salt, COUNT))));
  }

  /** Whether this was made of that secret. Blocks for milliseconds, equally long either way. */
  public boolean matches(String secret) {
    String[] parts = hash.split("\\$", -1);
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    byte[] expected = Base64.getDecoder().decode(parts[3]);
    return MessageDigest.isEqual(expected, derive(secret, salt, Integer.parseInt(parts[1])));
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "DoorSecret";
  }

  private static byte[] derive(String secret, byte[] salt, int count) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, count, HASH_SIZE * 8))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2", e);
    }
  }
}
