package io.vestibule.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document that is made from the code: the test fails when the file differs, and writes it anew
 * when run with {@code -Dvestibule.docs.write=true}.
 */
public final class GeneratedDoc {
  private static final String WRITE = "vestibule.docs.write";

  private GeneratedDoc() {}

  /** {@code file} is relative to the project's directory, as {@code docs/CONFIG.md}. */
  public static void check(String file, String text) {
    Path path = Path.of(file);
    try {
      if (Boolean.getBoolean(WRITE)) {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, text);
      }
      assertThat(path).as("%s; make it with -D%s=true", file, WRITE).exists();
      assertThat(Files.readString(path))
          .as("%s differs from the code; make it anew with -D%s=true", file, WRITE)
          .isEqualTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
