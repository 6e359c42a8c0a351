package io.vestibule.demo;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * One thing that happens in the play and what shall come of it.
 *
 * @param act plays it and tells what was seen, in the words of {@code expected} if all went well
 */
record Scene(String name, String expected, Supplier<Future<String>> act) {
  static Scene of(String name, String expected, Supplier<Future<String>> act) {
    return new Scene(name, expected, act);
  }

  /** A scene whose end is one answer. */
  static Scene answered(String name, String expected, Supplier<Future<Answer>> act) {
    return new Scene(name, expected, () -> act.get().map(Answer::text));
  }

  /** What was seen; never fails. */
  Future<Played> play() {
    return Future.succeededFuture()
        .compose(nothing -> act.get())
        .otherwise(failure -> "failed: " + failure.getMessage())
        .map(seen -> new Played(name, expected, seen));
  }
}
