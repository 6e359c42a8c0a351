package io.vestibule.directory;

import io.vestibule.access.Courier;
import io.vestibule.signing.VerificationKey;
import java.util.List;
import java.util.Optional;

/** A courier with the keys that their requests may be signed with, at most 8. */
public record CourierEntry(Courier courier, List<VerificationKey> keys) {
  public CourierEntry {
    keys = List.copyOf(keys);
  }

  /** The key with this RFC 7638 thumbprint. */
  public Optional<VerificationKey> key(String kid) {
    for (VerificationKey key : keys) {
      if (key.kid().equals(kid)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
