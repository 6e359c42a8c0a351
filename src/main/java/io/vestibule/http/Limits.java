package io.vestibule.http;

import java.time.Duration;

/**
 * The bounds of the HTTP API.
 *
 * @param instanceCount event loops that share its ports
 * @param connectionCountMax open connections over all loops, each of which has its share
 * @param bodyDeadline how long a body may take to arrive
 */
public record Limits(int instanceCount, int connectionCountMax, Duration bodyDeadline) {
  private static final int CONNECTION_COUNT_MAX = 2_000;

  /** Doors hold theirs for days, and need nearly all that there are. */
  private static final int DESCRIPTORS_PER_CONNECTION = 40;

  private static final int CONNECTIONS_PER_HANDSHAKE = 4;

  /** They come out of what doors leave to the gateway itself, Redis and management among it. */
  private static final int HANDSHAKE_COUNT_MAX = 200;

  public static final Duration BODY_DEADLINE = Duration.ofSeconds(8);

  /** Each instance's share of the connections, one at the least. */
  int connectionCountMaxOfOne() {
    return Math.max(1, connectionCountMax / instanceCount);
  }

  /** TLS handshakes under way at once, beside the connections: they take milliseconds. */
  int handshakeCountMax() {
    return Math.max(
        1, Math.min(HANDSHAKE_COUNT_MAX, connectionCountMax / CONNECTIONS_PER_HANDSHAKE));
  }

  /**
   * One instance a core.
   *
   * @param descriptorsMax files and sockets that the process may have open
   */
  public static Limits standard(int descriptorsMax) {
    return new Limits(
        Runtime.getRuntime().availableProcessors(),
        Math.max(1, Math.min(CONNECTION_COUNT_MAX, descriptorsMax / DESCRIPTORS_PER_CONNECTION)),
        BODY_DEADLINE);
  }
}
