package io.vestibule.door;

import java.util.function.Function;

/** What a door published, as it was read, or why it is dropped. */
sealed interface Payload<T> {
  /** Of its form, and every value within its bounds. */
  record Taken<T>(T value) implements Payload<T> {}

  /** To be acknowledged all the same: sent again, it would be no better. */
  record Dropped<T>(DropCause cause) implements Payload<T> {}

  default <R> R match(Function<T, R> taken, Function<DropCause, R> dropped) {
    return this instanceof Taken<T> read
        ? taken.apply(read.value())
        : dropped.apply(((Dropped<T>) this).cause());
  }
}
