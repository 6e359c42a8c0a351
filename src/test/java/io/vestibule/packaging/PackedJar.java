package io.vestibule.packaging;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The jar that ships, and which jars of the class path are in it. */
final class PackedJar {
  private static final Path FILE =
      Path.of(System.getProperty("vestibule.jar", "target/vestibule.jar"));

  /** What many jars have alike, or what is merged. */
  private static final Pattern SHARED =
      Pattern.compile(
          "META-INF/(MANIFEST\\.MF|(LICENSE|NOTICE)[^/]*|licenses?/.*|services/.*)"
              + "|(.*/)?module-info\\.class");

  private static final String MAVEN = "META-INF/maven/";

  private PackedJar() {}

  /** Of a file that must be there, in UTF-8. */
  static String text(String name) {
    try (ZipFile jar = new ZipFile(FILE.toFile());
        InputStream in = jar.getInputStream(present(jar, name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file names of the jars of which it has anything that is their own, byte for byte. */
  static Set<String> bundled() {
    Set<Map.Entry<String, String>> packed = contents(FILE.toFile()).entrySet();
    return classPath()
        .filter(jar -> own(contents(jar)).anyMatch(packed::contains))
        .map(File::getName)
        .collect(Collectors.toSet());
  }

  /**
   * What Maven leaves in a jar tells of it only where it has no classes: whoever took in another
   * library's under new names has that of the other too.
   */
  private static Stream<Map.Entry<String, String>> own(Map<String, String> contents) {
    boolean classes = contents.keySet().stream().anyMatch(name -> name.endsWith(".class"));
    return contents.entrySet().stream()
        .filter(entry -> !classes || !entry.getKey().startsWith(MAVEN));
  }

  /** Without our own, which a run of Maven may have there packed or not. */
  private static Stream<File> classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(path.split(File.pathSeparator)).stream()
        .filter(entry -> entry.endsWith(".jar"))
        .map(File::new)
        .filter(jar -> !jar.getParentFile().getName().equals("target"));
  }

  /** Each file's name with its size and checksum. */
  private static Map<String, String> contents(File file) {
    try (ZipFile jar = new ZipFile(file)) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory() && !SHARED.matcher(entry.getName()).matches())
          .collect(
              Collectors.toMap(ZipEntry::getName, entry -> entry.getSize() + "/" + entry.getCrc()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ZipEntry present(ZipFile jar, String name) {
    ZipEntry entry = jar.getEntry(name);
    if (entry == null) {
      throw new AssertionError(name + " is not in " + jar.getName());
    }
    return entry;
  }
}
