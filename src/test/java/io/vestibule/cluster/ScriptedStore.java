package io.vestibule.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.store.Call;
import io.vestibule.store.FailureCause;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import io.vestibule.store.StoreUnavailable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A store that answers as a test tells it, when the test tells it to. */
final class ScriptedStore implements Store {
  /** What was asked and waits for its answer, oldest first. */
  final List<Asked> waiting = new CopyOnWriteArrayList<>();

  final AtomicInteger askedCount = new AtomicInteger();
  final AtomicInteger waitingMost = new AtomicInteger();

  /** Where it does not wait: answers at once. */
  volatile Function<Asked, Future<Reply>> answering = this::hold;

  record Asked(String name, List<String> keys, List<String> args, Promise<Reply> answer) {
    String door() {
      return keys.get(0).substring("vr:".length());
    }
  }

  static StoreUnavailable outage(FailureCause cause) {
    return new StoreUnavailable("test", cause, "away");
  }

  static Reply numbers(long first, long second, String text) {
    return new Reply.Items(
        List.of(new Reply.Numeral(first), new Reply.Numeral(second), new Reply.Text(text)));
  }

  static Future<Reply> number(long number) {
    return Future.succeededFuture(new Reply.Numeral(number));
  }

  void answer(Asked asked, Reply reply) {
    waiting.remove(asked);
    asked.answer().complete(reply);
  }

  void fail(Asked asked, FailureCause cause) {
    waiting.remove(asked);
    asked.answer().fail(outage(cause));
  }

  Future<Reply> hold(Asked asked) {
    waiting.add(asked);
    waitingMost.accumulateAndGet(waiting.size(), Math::max);
    return asked.answer().future();
  }

  @Override
  public Future<Reply> command(Call call) {
    return ask(new Asked(call.name(), call.args(), List.of(), Promise.promise()));
  }

  @Override
  public Future<Reply> commandDurably(Call call) {
    return command(call);
  }

  @Override
  public Future<Reply> eval(Script script, List<String> keys, List<String> args) {
    return ask(new Asked(script.name(), keys, args, Promise.promise()));
  }

  @Override
  public Future<Reply> evalDurably(Script script, List<String> keys, List<String> args) {
    return eval(script, keys, args);
  }

  private Future<Reply> ask(Asked asked) {
    askedCount.incrementAndGet();
    return answering.apply(asked);
  }
}
