package io.vestibule.store;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/**
 * Redis as the rest of the gateway asks it: commands and scripts. Every future fails only with
 * {@link StoreUnavailable}, after which what was asked may have been done or may be done yet;
 * completes on the caller's context.
 */
public interface Store {
  Future<Reply> command(Call call);

  default Future<Reply> command(String name, String... args) {
    return command(new Call(name, List.of(args)));
  }

  /**
   * As {@link #command(Call)}, of a write that is acknowledged to somebody: it completes once what
   * it wrote is where {@code store.durability} wants it. One that failed may have been made all the
   * same.
   */
  Future<Reply> commandDurably(Call call);

  default Future<Reply> commandDurably(String name, String... args) {
    return commandDurably(new Call(name, List.of(args)));
  }

  /** Sends all at once; the replies are in the order of the calls. Not atomic. */
  default Future<List<Reply>> pipelined(List<Call> calls) {
    return all(calls.stream().map(this::command).toList());
  }

  /** As {@link #pipelined}, of writes like {@link #commandDurably(Call)}. */
  default Future<List<Reply>> pipelinedDurably(List<Call> calls) {
    return all(calls.stream().map(this::commandDurably).toList());
  }

  /** Runs a script over keys of one slot, all or nothing. */
  Future<Reply> eval(Script script, List<String> keys, List<String> args);

  /** As {@link #eval}, of a script that writes, like {@link #commandDurably(Call)}. */
  Future<Reply> evalDurably(Script script, List<String> keys, List<String> args);

  /**
   * Makes of a reader one that fails as the rest of the store does where it throws {@link
   * UnreadableValue}: typed, and counted and logged like any failure.
   *
   * @param what names what is read, for the log
   */
  default <F, T> Function<F, T> reading(String what, Function<F, T> reader) {
    return value -> {
      try {
        return reader.apply(value);
      } catch (UnreadableValue e) {
        throw unreadable(what, e);
      }
    };
  }

  /** What becomes of a value that cannot be read. */
  default StoreUnavailable unreadable(String what, UnreadableValue value) {
    return new StoreUnavailable(what, value);
  }

  private static Future<List<Reply>> all(List<Future<Reply>> replies) {
    return Future.join(replies).map(all -> all.<Reply>list());
  }
}
