package io.vestibule.app;

import io.vestibule.demo.DemoOptions;

/**
 * What {@code demo} was asked for.
 *
 * @param managementPort where metrics and health are; 0 for any free port
 * @param exit whether it ends after the play
 */
record DemoRun(DemoOptions play, int managementPort, boolean exit) {
  private static final int PORT_MAX = 65_535;

  /**
   * @throws IllegalArgumentException in words for the terminal
   */
  DemoRun {
    if (managementPort < 0 || managementPort > PORT_MAX) {
      throw new IllegalArgumentException(
          "--management-port must be from 0 to " + PORT_MAX + ", not " + managementPort);
    }
  }
}
