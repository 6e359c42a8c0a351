package io.vestibule.load.faults;

import java.time.Duration;

/**
 * One thing that breaks for a while.
 *
 * @param node the gateway that it befalls, where it befalls one
 * @param delay how late a slow line is
 * @param calm how long nothing breaks before it
 */
record Fault(FaultKind kind, int node, Duration lasting, Duration delay, Duration calm) {
  String title() {
    boolean one = kind.name().startsWith("GATEWAY") || kind.name().startsWith("LINE");
    return kind.title() + (one ? " (" + Node.name(node) + ")" : "");
  }
}
