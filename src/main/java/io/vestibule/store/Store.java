package io.vestibule.store;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

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

  /** Sends all at once; the replies are in the order of the calls. Not atomic. */
  default Future<List<Reply>> pipelined(List<Call> calls) {
    List<Future<Reply>> replies = new ArrayList<>(calls.size());
    for (Call call : calls) {
      replies.add(command(call));
    }
    return Future.join(replies).map(all -> all.<Reply>list());
  }

  /** Runs a script over keys of one slot, all or nothing. */
  Future<Reply> eval(Script script, List<String> keys, List<String> args);
}
