package io.vestibule.load.revocation;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.wire.HttpConnection;
import io.vestibule.load.wire.HttpRequest;
import io.vestibule.load.wire.Operator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes one change at a time while each node is asked, and puts it right again. */
final class Observer implements AutoCloseable {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(5);

  /** Longer than a watch lasts, with one answer that does not come. */
  private static final Duration RESULT_LIMIT = Duration.ofSeconds(20);

  private final ChangingBuilding building;
  private final Operator operator;
  private final RedisWrites writes;
  private final List<List<HttpConnection>> connections;
  private final ExecutorService watchers;

  /** The connections are by node. */
  Observer(
      ChangingBuilding building,
      Operator operator,
      RedisWrites writes,
      List<List<HttpConnection>> connections) {
    this.building = building;
    this.writes = writes;
    this.operator = operator;
    this.connections = connections;
    this.watchers = Executors.newFixedThreadPool(connections.size());
  }

  /** The change by number. */
  void observe(int number, Sightings tally) throws CannotRun, IOException {
    Change change = building.change(number);
    List<Watch> watches = new ArrayList<>();
    for (Change.Target target : change.targets()) {
      settle(target);
      watches.add(watch(change, target));
    }
    List<Future<List<Probe>>> probes = watches.stream().map(watchers::submit).toList();
    Sighting.Moment moment = make(change, watches);
    tally.add(moment);
    for (int index = 0; index < probes.size(); index++) {
      Change.Target target = change.targets().get(index);
      List<Probe> seen = result(probes.get(index));
      tally.add(seen);
      tally.add(
          change.kind(), target.node(), Sighting.of(seen, moment, target, change.kind().refusal()));
    }
    if (change.undo().isPresent()) {
      operator.perform(change.undo().get());
    }
  }

  @Override
  public void close() throws IOException {
    watchers.shutdownNow();
    for (List<HttpConnection> ofNode : connections) {
      for (HttpConnection connection : ofNode) {
        connection.close();
      }
    }
  }

  private Watch watch(Change change, Change.Target target) {
    return new Watch(
        connections.get(target.node()),
        target,
        change.kind().refusal(),
        () -> building.request(target));
  }

  /** Sends the change once each node has accepted a few requests. */
  private Sighting.Moment make(Change change, List<Watch> watches) throws CannotRun, IOException {
    for (Watch watch : watches) {
      awaitAccepted(watch);
    }
    long sentAt = System.nanoTime();
    operator.perform(change.apply());
    long answeredAt = System.nanoTime();
    watches.forEach(Watch::changeAnswered);
    Sighting.Moment moment = new Sighting.Moment(sentAt, writes.firstSince(sentAt), answeredAt);
    return moment;
  }

  private static void awaitAccepted(Watch watch) throws CannotRun {
    try {
      if (!watch.accepted().await(SETTLE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CannotRun("a node does not accept what is in order; see the gateways' logs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }

  /** What was put right before is known to the node, and its door is there. */
  private void settle(Change.Target target) throws CannotRun, IOException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    String outcome = outcome(target);
    while (!outcome.equals(target.accepted())) {
      if (System.nanoTime() - deadline >= 0) {
        throw new CannotRun(
            "node %c answers %s instead of %s"
                .formatted('a' + target.node(), outcome, target.accepted()));
      }
      outcome = outcome(target);
    }
  }

  private String outcome(Change.Target target) throws IOException {
    HttpRequest request = HttpRequest.unlock(target.door(), building.request(target));
    return connections.get(target.node()).get(0).exchange(request).outcome();
  }

  private static List<Probe> result(Future<List<Probe>> probes) throws CannotRun {
    try {
      return probes.get(RESULT_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CannotRun("a node did not answer", e);
    } catch (TimeoutException e) {
      throw new CannotRun(
          "a node was asked and did not answer within " + RESULT_LIMIT.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }
}
