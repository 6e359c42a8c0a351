package io.vestibule.load.traffic;

import io.netty.handler.ssl.SslContext;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One door's connection in a fleet; the event loop owns what changes. */
final class DoorSlot {
  final int number;
  final SslContext context;

  /** The present one, also while it is being made. */
  @Nullable DoorHandler handler;

  /** When the present one was due, as {@link System#nanoTime} counts. */
  long dueAt;

  /** When the first was, of those since it was connected or sent away. */
  OptionalLong firstDueAt = OptionalLong.empty();

  DoorSlot(int number, SslContext context) {
    this.number = number;
    this.context = context;
  }
}
