package io.vestibule.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.store.RedisStore;
import io.vestibule.store.Reply;
import io.vestibule.time.Time;
import java.io.IOException;
import java.util.List;

/** A Redis, a store on it and a loop to use it from. */
public final class RedisFixture implements AutoCloseable {
  public final RedisProcess redis;
  public final Vertx vertx;
  public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  public final RedisStore store;
  public final OnLoop loop;

  public RedisFixture() throws IOException {
    redis = RedisProcess.start();
    vertx = Vertx.vertx();
    store = new RedisStore(vertx, config(redis), Time.system(), new Meters(registry));
    loop = new OnLoop(vertx);
    loop.call(store::connect);
  }

  public static RedisConfig config(RedisProcess redis) {
    return new RedisConfig(
        RedisConfig.Mode.STANDALONE, List.of(redis.url()), /* embedded= */ false);
  }

  public Reply command(String name, String... args) {
    return loop.call(() -> store.command(name, args));
  }

  /** The JSON of each record of a stream, oldest first. */
  public List<String> records(String key) {
    return command("XRANGE", key, "-", "+").list().stream()
        .map(entry -> entry.list().get(1).list().get(1).text())
        .toList();
  }

  public void flush() {
    command("FLUSHALL");
  }

  @Override
  public void close() {
    OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
    redis.close();
  }
}
