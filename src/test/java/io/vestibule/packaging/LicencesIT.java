package io.vestibule.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The jar carries its own licence, and the texts that those of its parts ask for. */
final class LicencesIT {
  private static final String PLACE = "META-INF/licenses/";

  @Test
  void ownLicence_isThere_andNotADependencys() throws IOException {
    assertThat(PackedJar.text("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
  }

  @Test
  void textsThatMustGoAlong_areThere_eachWithItsCopyright() {
    assertThat(PackedJar.text(PLACE + "redis.txt")).contains("Copyright", "Salvatore Sanfilippo");
    assertThat(PackedJar.text(PLACE + "slf4j.txt")).contains("Copyright (c)", "QOS.ch");
    assertThat(PackedJar.text(PLACE + "bouncycastle.txt")).contains("Copyright (c)", "Legion");
    assertThat(PackedJar.text("META-INF/license/LICENSE.boringssl.txt")).contains("Copyright");
  }
}
