package io.vestibule.client;

/** How a simulated door answers a command that it has verified. */
public enum Behaviour {
  /** Opens and says so. */
  OBEDIENT,
  /** Stays closed and says so. */
  REFUSING,
  /** Tries, fails, and says so. */
  FAILING,
  /** Connected, but neither moves nor answers. */
  SILENT,
  /** Not connected. */
  OFFLINE
}
