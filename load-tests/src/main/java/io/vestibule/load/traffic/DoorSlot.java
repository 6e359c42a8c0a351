package io.vestibule.load.traffic;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** One door's place in a fleet; the event loop owns what changes. */
final class DoorSlot {
  final int number;
  final SslContext context;

  /** Its present connection, also while that is being made. */
  @Nullable DoorHandler handler;

  /** Whether it takes commands. */
  boolean here;

  /** Whether it is meant to be away. */
  boolean sentAway;

  /** Whether it is away because it was meant to be, until it takes commands again. */
  boolean absent;

  /** When its present connection was begun, as {@link System#nanoTime} counts. */
  long begunAt;

  /** When its last absence ended, as {@link System#nanoTime} counts; 0 if it had none. */
  long backAt;

  DoorSlot(int number, SslContext context) {
    this.number = number;
    this.context = context;
  }
}
