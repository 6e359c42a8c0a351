package io.vestibule.unlock;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.signing.Sha256;
import org.jspecify.annotations.Nullable;

/** The base64url SHA-256 of a request's bytes, computed once somebody asks for it. */
@AnyThread
public final class RequestHash {
  private final byte[] bytes;

  /** Whichever thread writes it, it is the same. */
  private @Nullable String text;

  /** The bytes are kept, and not to be changed from now on. */
  RequestHash(byte[] bytes) {
    this.bytes = bytes;
  }

  String text() {
    String known = text;
    if (known == null) {
      known = Sha256.base64Url(bytes);
      text = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RequestHash hash && text().equals(hash.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
