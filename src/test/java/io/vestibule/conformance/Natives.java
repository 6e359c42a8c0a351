package io.vestibule.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Native libraries by name, and the machine that each is for, as its ELF head says (e_machine). */
final class Natives {
  static final Map<String, Integer> AMD64 = named("x86_64", 62);
  static final Map<String, Integer> ARM64 = named("aarch_64", 183);

  private static final int MACHINE_OFFSET = 18;

  private Natives() {}

  /** By the names that Netty and the Corretto provider ask the JVM for. */
  private static Map<String, Integer> named(String architecture, int machine) {
    return Map.of(
        "libnetty_tcnative_linux_" + architecture + ".so",
        machine,
        "libnetty_transport_native_epoll_" + architecture + ".so",
        machine,
        "libamazonCorrettoCryptoProvider.so",
        machine);
  }

  /** Everything in a directory. */
  static Map<String, Integer> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .collect(Collectors.toMap(file -> file.getFileName().toString(), Natives::machine));
    }
  }

  /** What a jar carries that is made for one platform. */
  static List<String> inside(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.matches(".*\\.(so|dll|jnilib|dylib)|.*redis-server.*"))
          .toList();
    }
  }

  private static int machine(Path library) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(library))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getShort(MACHINE_OFFSET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
