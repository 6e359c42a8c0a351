package io.vestibule.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code doors} as a process of its own: simulated doors from door-1 on. */
public final class DoorsProcess implements AutoCloseable {
  private final Process process;

  private DoorsProcess(Process process) {
    this.process = process;
  }

  public static DoorsProcess start(Jar jar, Path pki, int port, int count) throws IOException {
    String url = "mqtts://localhost:" + port;
    Path log = Files.createTempFile("doors", ".log");
    return new DoorsProcess(
        jar.builder(Map.of(), "doors", "--url", url, "--pki", pki.toString(), "--count", "" + count)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
