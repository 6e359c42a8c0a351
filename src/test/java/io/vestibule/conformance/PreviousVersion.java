package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.testing.Jar;
import io.vestibule.testing.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The version before this one, built from its commit once and kept beside this build. */
final class PreviousVersion {
  private PreviousVersion() {}

  static Jar jar() throws IOException, InterruptedException {
    String commit = System.getProperty("vestibule.previous", "");
    assertThat(commit).as("vestibule.previous, as pom.xml gives it").isNotEmpty();
    Path source = Files.createDirectories(Path.of("target/previous", commit).toAbsolutePath());
    Path jar = source.resolve("target/vestibule.jar");
    if (!Files.exists(jar)) {
      assumeTrue(isInHistory(commit), "commit " + commit + " is not here: fetch the whole history");
      Shell.run(Path.of(""), "git archive " + commit + " | tar -x -C " + source);
      Shell.run(
          source,
          "mvn -B -ntp -q -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true -Dlicense.skipAddThirdParty=true package");
    }
    return new Jar(Jdk.found().get(0), List.of("-XX:TieredStopAtLevel=1"), jar);
  }

  private static boolean isInHistory(String commit) throws IOException, InterruptedException {
    String asked = "git cat-file -e '" + commit + "^{commit}' 2>/dev/null && echo yes || echo no";
    return Shell.run(Path.of(""), asked).strip().equals("yes");
  }
}
