package io.vestibule.app.pki;

import io.vestibule.access.DoorId;
import java.nio.file.Path;
import java.util.List;

/**
 * What a development PKI shall hold.
 *
 * @param hosts names and addresses of the server's certificate beyond this machine's own
 * @param overwrite whether everything is made anew, rather than only what is missing
 */
public record PkiRequest(Path dir, List<DoorId> doors, List<String> hosts, boolean overwrite) {
  public PkiRequest {
    doors = List.copyOf(doors);
    hosts = List.copyOf(hosts);
  }
}
