package io.vestibule.load.traffic;

import io.vestibule.load.wire.Command;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether commands are what they should be: each for the door that got it and given once, and a
 * sample of them signed by a key that the gateway publishes. Signatures are checked on a thread of
 * their own, after the door has answered.
 */
final class CommandCheck implements AutoCloseable {
  static final String OTHER_DOOR = "command for another door";
  static final String TWICE = "command given twice";
  static final String BAD_SIGNATURE = "command with a bad signature";

  private static final int SAMPLE_EVERY = 500;
  private static final int WAITING_MAX = 1_000;

  private final Optional<GatewayKeys> keys;
  private final SeenUnlocks seen = new SeenUnlocks();
  private final Map<String, Integer> faults = new ConcurrentHashMap<>();
  private final AtomicInteger verified = new AtomicInteger();
  private final ThreadPoolExecutor verifying;
  private int count;

  /**
   * @param keys absent where none are published: then no signature is checked
   */
  CommandCheck(Optional<GatewayKeys> keys) {
    this.keys = keys;
    // What finds the queue full is not in the sample.
    this.verifying =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            CommandCheck::thread,
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Always on the same thread. */
  void commanded(String door, Command command, String jws) {
    if (!command.door().equals(door)) {
      fault(OTHER_DOOR);
    }
    if (!seen.add(command.unlock())) {
      fault(TWICE);
    }
    if (count++ % SAMPLE_EVERY == 0) {
      keys.ifPresent(published -> verifying.execute(() -> verify(published, jws)));
    }
  }

  /** By kind; any thread may ask. */
  Map<String, Integer> faults() {
    return new TreeMap<>(faults);
  }

  /** Of the sample, those with a good signature. */
  int verifiedCount() {
    return verified.get();
  }

  @Override
  public void close() {
    verifying.shutdownNow();
  }

  private void verify(GatewayKeys published, String jws) {
    if (published.signed(jws)) {
      verified.incrementAndGet();
    } else {
      fault(BAD_SIGNATURE);
    }
  }

  private void fault(String kind) {
    faults.merge(kind, 1, Integer::sum);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "verify-commands");
    thread.setDaemon(true);
    return thread;
  }
}
