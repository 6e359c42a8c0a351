package io.vestibule.app.pki;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;

/** The names and addresses that a development server answers to. */
final class ServerNames {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9*]([A-Za-z0-9.-]{0,252})");

  private ServerNames() {}

  /** This machine's own and the further ones. */
  static List<GeneralName> of(List<String> further) throws PkiFailed {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    hostName(names);
    for (String name : further) {
      if (!ADDRESS.matcher(name).matches() && !NAME.matcher(name).matches()) {
        throw new PkiFailed("--host " + name + " is neither a host name nor an IP address");
      }
      names.add(name);
    }
    return names.stream().map(ServerNames::generalName).toList();
  }

  private static void hostName(Set<String> names) {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      if (NAME.matcher(name).matches()) {
        names.add(name);
      }
    } catch (UnknownHostException e) {
      // A machine without a resolvable name is reached as localhost.
    }
  }

  private static GeneralName generalName(String name) {
    boolean address = ADDRESS.matcher(name).matches();
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }
}
