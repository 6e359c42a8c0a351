package io.vestibule.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest, and the commit that the build found. */
final class Version implements IVersionProvider {
  private static final String COMMIT = "commit.txt";

  /** Says so where there is no jar. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }

  /** Says also where files were changed since; empty where the build stood in no repository. */
  static String commit() {
    try (InputStream in = Version.class.getResourceAsStream(COMMIT)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    String commit = commit();
    return new String[] {"vestibule " + number() + (commit.isEmpty() ? "" : " (" + commit + ")")};
  }
}
