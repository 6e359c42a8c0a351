package io.vestibule.app.pki;

import java.nio.file.Path;
import java.util.List;

/** What was made: the files outside {@code doors/}, and how many doors got a certificate. */
public record PkiReport(PkiFiles files, List<Path> written, int doorsWritten) {
  public PkiReport {
    written = List.copyOf(written);
  }
}
