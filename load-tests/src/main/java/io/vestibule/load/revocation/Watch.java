package io.vestibule.load.revocation;

import io.vestibule.load.wire.HttpAnswer;
import io.vestibule.load.wire.HttpConnection;
import io.vestibule.load.wire.HttpRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Asks one node back to back, from before a change until a while after its first refusal. A thread
 * of its own runs it, one request at a time, over the connections in turn: they end on different
 * event loops of the gateway.
 */
final class Watch implements Callable<List<Probe>> {
  /** As many must have been accepted before the change. */
  static final int BEFORE_COUNT = 5;

  /** As many are sent after the change was answered and the first refusal came. */
  private static final int AFTER_COUNT = 10;

  /** Signed before the watch begins; what it needs beyond is signed on the way. */
  private static final int SIGNED_AHEAD_COUNT = 64;

  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final List<HttpConnection> connections;
  private final Change.Target target;
  private final String refusal;
  private final Supplier<byte[]> signed;
  private final Deque<HttpRequest> ahead = new ArrayDeque<>();
  private final CountDownLatch accepted = new CountDownLatch(BEFORE_COUNT);
  private final List<Probe> probes = new ArrayList<>();
  private volatile boolean changeAnswered;

  Watch(
      List<HttpConnection> connections,
      Change.Target target,
      String refusal,
      Supplier<byte[]> signed) {
    this.connections = connections;
    this.target = target;
    this.refusal = refusal;
    this.signed = signed;
    for (int count = 0; count < SIGNED_AHEAD_COUNT; count++) {
      ahead.add(HttpRequest.unlock(target.door(), signed.get()));
    }
  }

  /** Counted down by the first acceptances. */
  CountDownLatch accepted() {
    return accepted;
  }

  /** The change is done, as the node that made it says. */
  void changeAnswered() {
    changeAnswered = true;
  }

  /** All that was asked, in order; ends by itself if no refusal comes. */
  @Override
  public List<Probe> call() throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    boolean refused = false;
    int sinceCount = 0;
    while (sinceCount < AFTER_COUNT && System.nanoTime() - deadline < 0) {
      sinceCount += refused && changeAnswered ? 1 : 0;
      Probe probe = probe(connections.get(probes.size() % connections.size()));
      probes.add(probe);
      refused |= probe.outcome().equals(refusal);
      if (probe.outcome().equals(target.accepted())) {
        accepted.countDown();
      }
    }
    return probes;
  }

  private Probe probe(HttpConnection connection) throws IOException {
    HttpRequest request =
        ahead.isEmpty() ? HttpRequest.unlock(target.door(), signed.get()) : ahead.pop();
    long sentAt = System.nanoTime();
    HttpAnswer answer = connection.exchange(request);
    return new Probe(sentAt, System.nanoTime(), answer.outcome());
  }
}
