package io.vestibule.testing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The classes of the packed jar as a JVM has them in memory once a gateway has started and ended:
 * made by whoever asks first, kept beside the jar, and mapped by each later start.
 */
final class ClassArchive {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ClassArchive() {}

  /** For the jar on its runtime, and for no other build of it. */
  @SuppressWarnings("try") // The lock is held, not used.
  static Path of(Jar jar) throws IOException, InterruptedException {
    Path file = Jar.FILE.toAbsolutePath();
    String build = Files.size(file) + "-" + Files.getLastModifiedTime(file).toMillis();
    String name = "vestibule-" + jar.jdk().feature() + "-" + build + ".jsa";
    Path archive = file.resolveSibling(name);
    synchronized (ClassArchive.class) {
      // The tests run in several JVMs.
      try (FileChannel channel =
              FileChannel.open(file.resolveSibling("vestibule.jsa.lock"), CREATE, WRITE);
          var lock = channel.lock()) {
        if (!Files.exists(archive)) {
          make(jar, archive);
        }
      }
    }
    return archive;
  }

  private static void make(Jar jar, Path archive) throws IOException, InterruptedException {
    Path pki = Files.createTempDirectory("pki");
    jar.run(LIMIT, "pki", pki.toString());
    Path made = pki.resolve("archive");
    try (GatewayProcess gateway =
        GatewayProcess.start(
            jar.with("-XX:ArchiveClassesAtExit=" + made),
            pki.resolve("vestibule.yaml"),
            Map.of("VESTIBULE_MQTT_PLAIN_PORT", "0"))) {
      gateway.ready().terminate(LIMIT);
    }
    Path part = archive.resolveSibling(archive.getFileName() + ".part");
    Files.copy(made, part, REPLACE_EXISTING);
    Files.move(part, archive, ATOMIC_MOVE);
  }
}
