package io.vestibule.config;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;

/** Whose lists of revoked certificates are taken (RFC 5280, 6.3.3 f and g). */
public final class RevocationLists {
  private RevocationLists() {}

  /** Whether each of the lists is signed by one of the authorities. */
  public static boolean allSigned(
      Collection<X509CRL> lists, Collection<X509Certificate> authorities) {
    return lists.stream()
        .allMatch(list -> authorities.stream().anyMatch(authority -> signed(list, authority)));
  }

  private static boolean signed(X509CRL list, X509Certificate authority) {
    try {
      list.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
