package io.vestibule.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.store.Call;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.SimRedis;
import io.vestibule.testing.SimRedisStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A node's line to Redis; what befalls each call is the simulation's to say. */
final class NodeLink implements Store {
  /** As the real one gives up. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final World world;
  private final Node node;

  NodeLink(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  @Override
  public Future<Reply> command(Call call) {
    return ask(call.name(), () -> world.server.call(call));
  }

  @Override
  public Future<Reply> eval(Script script, List<String> keys, List<String> args) {
    Script run = world.variant.script(script);
    return ask(script.name(), () -> world.server.eval(run, keys, args));
  }

  /** How many places a write is in makes no difference to what befalls a call. */
  @Override
  public Future<Reply> commandDurably(Call call) {
    return command(call);
  }

  @Override
  public Future<Reply> evalDurably(Script script, List<String> keys, List<String> args) {
    return eval(script, keys, args);
  }

  private Future<Reply> ask(String operation, Supplier<Reply> work) {
    Promise<Reply> answer = Promise.promise();
    Fault fault = world.faults.next(node, operation);
    Duration there = world.faults.lineTime();
    Duration back = world.faults.lineTime();
    if (fault instanceof Fault.Refused || world.server.away()) {
      node.deliver(Duration.ofNanos(1), () -> answer.tryFail(outage(operation)));
      return answer.future();
    }
    if (fault instanceof Fault.Late late) {
      there = there.plus(late.request());
      back = back.plus(late.reply());
    }
    if (!(fault instanceof Fault.RequestLost)) {
      boolean heard = !(fault instanceof Fault.ReplyLost);
      Duration reply = back;
      world.agenda.after(there, () -> arrive(operation, work, reply, heard ? answer : lost()));
    }
    node.deliver(TIMEOUT, () -> answer.tryFail(outage(operation)));
    return answer.future();
  }

  /** A node that died meanwhile has sent it all the same. */
  private void arrive(
      String operation, Supplier<Reply> work, Duration back, Promise<Reply> answer) {
    if (world.server.away()) {
      node.deliver(back, () -> answer.tryFail(outage(operation)));
    } else if (!world.server.stillFor().isZero()) {
      world.agenda.after(world.server.stillFor(), () -> arrive(operation, work, back, answer));
    } else {
      try {
        Reply reply = work.get();
        node.deliver(back, () -> answer.tryComplete(reply));
      } catch (SimRedis.Refused refused) {
        StoreUnavailable failure = SimRedisStore.failure(operation, refused);
        node.deliver(back, () -> answer.tryFail(failure));
      }
    }
  }

  private static Promise<Reply> lost() {
    return Promise.promise();
  }

  private static StoreUnavailable outage(String operation) {
    return new StoreUnavailable(operation, new IOException("no answer"));
  }
}
