package io.vestibule.testing;

import io.vertx.core.Vertx;
import io.vestibule.store.Reply;
import io.vestibule.store.Store;
import java.util.List;

/** A store and a loop to use it from. */
public class StoreFixture implements AutoCloseable {
  public final Vertx vertx;
  public final OnLoop loop;

  /** What the gateway's own classes stand on. */
  public final Store store;

  StoreFixture(Vertx vertx, Store store) {
    this.vertx = vertx;
    this.loop = new OnLoop(vertx);
    this.store = store;
  }

  /** Over a Redis in memory, by the clock of the machine as a real one is. */
  public static StoreFixture simulated() {
    return new StoreFixture(
        Vertx.vertx(), new SimRedisStore(new SimRedis(System::currentTimeMillis)));
  }

  public final Reply command(String name, String... args) {
    return loop.call(() -> store.command(name, args));
  }

  /** The JSON of each record of a stream, oldest first. */
  public final List<String> records(String key) {
    return command("XRANGE", key, "-", "+").list().stream()
        .map(entry -> entry.list().get(1).list().get(1).text())
        .toList();
  }

  public final void flush() {
    command("FLUSHALL");
  }

  @Override
  public void close() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }
}
