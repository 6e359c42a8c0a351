package io.vestibule.testing;

import io.vertx.core.Future;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vestibule.store.Call;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import io.vestibule.store.StoreUnavailable;
import java.util.List;
import java.util.function.Supplier;

/** A store over a Redis in memory that answers at once, on any thread. */
public final class SimRedisStore implements Store {
  private final SimRedis redis;

  public SimRedisStore(SimRedis redis) {
    this.redis = redis;
  }

  @Override
  public Future<Reply> command(Call call) {
    return answer(call.name(), () -> redis.call(call));
  }

  @Override
  public Future<Reply> eval(Script script, List<String> keys, List<String> args) {
    return answer(script.name(), () -> redis.eval(script, keys, args));
  }

  /** What is in memory is as durable as it will be. */
  @Override
  public Future<Reply> commandDurably(Call call) {
    return command(call);
  }

  @Override
  public Future<Reply> evalDurably(Script script, List<String> keys, List<String> args) {
    return eval(script, keys, args);
  }

  private Future<Reply> answer(String operation, Supplier<Reply> work) {
    synchronized (redis) {
      try {
        return Future.succeededFuture(work.get());
      } catch (SimRedis.Refused refused) {
        return Future.failedFuture(failure(operation, refused));
      }
    }
  }

  /** What the real store makes of an error that Redis answered. */
  public static StoreUnavailable failure(String operation, SimRedis.Refused refused) {
    return new StoreUnavailable(operation, ErrorType.create(refused.getMessage()));
  }
}
