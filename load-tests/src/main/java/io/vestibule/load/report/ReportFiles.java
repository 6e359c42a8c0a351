package io.vestibule.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Files that come to stand in a directory together: each is whole beside its place before the first
 * takes it, and where one cannot, none stays.
 */
final class ReportFiles {
  private static final String PART = ".part";

  private final Path directory;

  ReportFiles(Path directory) {
    this.directory = directory;
  }

  /** By name, in the map's order; what stood there is replaced. */
  void write(Map<String, String> texts) throws IOException {
    Files.createDirectories(directory);
    List<Path> written = new ArrayList<>();
    try {
      for (Map.Entry<String, String> text : texts.entrySet()) {
        Path part = directory.resolve("." + text.getKey() + PART);
        written.add(part);
        Files.writeString(part, text.getValue());
      }
      for (String name : texts.keySet()) {
        Path part = directory.resolve("." + name + PART);
        written.add(directory.resolve(name));
        Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      remove(written, e);
      throw e;
    }
  }

  private static void remove(List<Path> written, IOException reason) {
    for (Path file : written) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }
}
