package io.vestibule.load.scrape;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vestibule.load.stage.CannotRun;
import java.lang.management.ManagementFactory;

/** The files and sockets that a process may have open: this one, and the gateway alike. */
final class Descriptors {
  /** Beside the doors': a gateway keeps them for its API, Redis and the log. */
  private static final int RESERVED = 1_000;

  private Descriptors() {}

  static long max() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** Each door is a socket in either process. */
  static void demandFor(int doorCount, long max) throws CannotRun {
    if (doorCount + RESERVED > max) {
      throw new CannotRun(
          "%d doors need %d open files a process, and %d are allowed: raise ulimit -n or lower --doors"
              .formatted(doorCount, doorCount + RESERVED, max));
    }
  }
}
