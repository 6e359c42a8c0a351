package io.vestibule.door;

import io.vestibule.access.DoorId;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The door that a client certificate names. */
final class DoorIdentity {
  private DoorIdentity() {}

  /** Empty unless the subject has exactly one CN and that is a legal id. */
  static Optional<DoorId> of(X509Certificate certificate) {
    try {
      List<Object> names =
          commonNames(new LdapName(certificate.getSubjectX500Principal().getName()));
      // A value that is no string, such as one written in hexadecimal, is a byte array here.
      return names.size() == 1 && names.get(0) instanceof String name
          ? DoorId.parse(name)
          : Optional.empty();
    } catch (NamingException e) {
      return Optional.empty();
    }
  }

  private static List<Object> commonNames(LdapName subject) throws NamingException {
    List<Object> names = new ArrayList<>();
    for (Rdn rdn : subject.getRdns()) {
      Optional<Attribute> attribute = Optional.ofNullable(rdn.toAttributes().get("CN"));
      if (attribute.isPresent()) {
        for (int index = 0; index < attribute.get().size(); index++) {
          names.add(attribute.get().get(index));
        }
      }
    }
    return names;
  }
}
