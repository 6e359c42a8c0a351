package io.vestibule.directory;

import io.vestibule.access.Courier;
import io.vestibule.signing.VerificationKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A courier with the keys that their requests may be signed with, at most 8. */
public final class CourierEntry {
  private final Courier courier;
  // Of one key, as nearly every courier has, no list is kept.
  private final @Nullable VerificationKey only;
  private final List<VerificationKey> several;

  public CourierEntry(Courier courier, List<VerificationKey> keys) {
    this.courier = courier;
    this.only = keys.size() == 1 ? keys.get(0) : null;
    this.several = keys.size() == 1 ? List.of() : List.copyOf(keys);
  }

  public Courier courier() {
    return courier;
  }

  public List<VerificationKey> keys() {
    return only == null ? several : List.of(only);
  }

  /** The key with this RFC 7638 thumbprint. */
  public Optional<VerificationKey> key(String kid) {
    for (VerificationKey key : keys()) {
      if (key.kid().equals(kid)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CourierEntry same
        && courier.equals(same.courier)
        && keys().equals(same.keys());
  }

  @Override
  public int hashCode() {
    return Objects.hash(courier, only, several);
  }

  @Override
  public String toString() {
    return "CourierEntry[courier=" + courier + ", keys=" + keys() + "]";
  }
}
