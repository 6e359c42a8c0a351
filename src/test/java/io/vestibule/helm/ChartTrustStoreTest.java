package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFiles;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart's README has made of a CA is what a JVM without further options takes. */
final class ChartTrustStoreTest {
  @TempDir private Path directory;

  @Test
  void madeAsTheReadmeSays_opensWithoutAPassword_andHasTheCa() throws Exception {
    PkiFiles pki = new PkiFiles(directory.resolve("pki"));
    DevPki.create(pki.dir(), List.of());
    Files.copy(pki.ca(), directory.resolve("our-ca.pem"));

    run(command());

    assertThat(aliases(directory.resolve(name()))).containsExactly("ours");
  }

  private static List<String> aliases(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, null);
    }
    List<String> aliases = Collections.list(store.aliases());
    assertThat(aliases).allMatch(alias -> certifies(store, alias));
    return aliases;
  }

  private static boolean certifies(KeyStore store, String alias) {
    try {
      return store.isCertificateEntry(alias);
    } catch (KeyStoreException e) {
      throw new AssertionError(e);
    }
  }

  private static String name() {
    return Chart.values().at("/trustStore/key").asText();
  }

  private static String command() throws Exception {
    return Files.readAllLines(Chart.FOLDER.resolve("README.md")).stream()
        .filter(line -> line.startsWith("keytool "))
        .findFirst()
        .orElseThrow();
  }

  private void run(String command) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(command.replaceFirst("keytool", keytool.toString()).split(" "))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(directory.resolve("out"))).isZero();
  }
}
