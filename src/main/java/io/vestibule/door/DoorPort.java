package io.vestibule.door;

import io.vestibule.concurrent.AnyThread;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** A port that all event loops share; port 0 becomes one port that is free. */
@AnyThread
final class DoorPort {
  /** Below all that other servers of this process ask by, which count down from -1. */
  private static final int FREE_PORTS_START = -1_000_000;

  private static final AtomicInteger FREE_PORTS = new AtomicInteger(FREE_PORTS_START);

  private final String key;
  private final int configured;
  private final int asked;
  private final AtomicInteger bound = new AtomicInteger(-1);

  DoorPort(String key, int configured) {
    this.key = key;
    this.configured = configured;
    // Vert.x gives servers that ask for the same negative number the same free port.
    this.asked = configured == 0 ? FREE_PORTS.decrementAndGet() : configured;
  }

  String key() {
    return key;
  }

  int configured() {
    return configured;
  }

  int asked() {
    return asked;
  }

  void bound(int port) {
    bound.set(port);
  }

  /** Empty until it listens. */
  OptionalInt number() {
    int port = bound.get();
    return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }
}
