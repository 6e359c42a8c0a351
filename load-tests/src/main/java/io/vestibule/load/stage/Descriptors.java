package io.vestibule.load.stage;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The files and sockets that a process may have open: this one, and the gateway alike. */
public final class Descriptors {
  /** Beside the doors': a gateway keeps them for its API, Redis and the log. */
  private static final int RESERVED = 1_000;

  private Descriptors() {}

  public static long max() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** Each door is a socket in either process. */
  public static void demandFor(int doorCount, long max) throws CannotRun {
    if (doorCount + RESERVED > max) {
      throw new CannotRun(
          "%d doors need %d open files a process, and %d are allowed: raise ulimit -n or lower --doors"
              .formatted(doorCount, doorCount + RESERVED, max));
    }
  }
}
