package io.vestibule.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.store.RedisStore;
import io.vestibule.time.Time;
import java.io.IOException;
import java.util.List;

/** A Redis, a store on it and a loop to use it from. */
public final class RedisFixture extends StoreFixture {
  public final RedisProcess redis;
  public final SimpleMeterRegistry registry;

  /** The same store, with what a real one can do besides. */
  @SuppressWarnings("HidingField")
  public final RedisStore store;

  public RedisFixture() throws IOException {
    this(RedisProcess.start(), Vertx.vertx(), new SimpleMeterRegistry());
  }

  private RedisFixture(RedisProcess redis, Vertx vertx, SimpleMeterRegistry registry) {
    this(
        redis,
        registry,
        vertx,
        new RedisStore(vertx, config(redis), Time.system(), new Meters(registry)));
  }

  private RedisFixture(
      RedisProcess redis, SimpleMeterRegistry registry, Vertx vertx, RedisStore store) {
    super(vertx, store);
    this.redis = redis;
    this.registry = registry;
    this.store = store;
    loop.call(store::connect);
  }

  public static RedisConfig config(RedisProcess redis) {
    return new RedisConfig(
        RedisConfig.Mode.STANDALONE, List.of(redis.url()), /* embedded= */ false);
  }

  @Override
  public void close() {
    OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
    super.close();
    redis.close();
  }
}
