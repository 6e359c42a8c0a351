package io.vestibule.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.store.FailureCause;
import io.vestibule.store.Reply;
import io.vestibule.testing.OnLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What renewing a lease shows, and what is done about it. */
final class LeaseTest {
  private static final NodeName SELF = NodeName.begin("self");
  private static final Duration LENGTH = Duration.ofMillis(30);

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final ScriptedStore store = new ScriptedStore();
  private final AtomicInteger forgottenCount = new AtomicInteger();
  private final List<String> unheard = new CopyOnWriteArrayList<>();
  private volatile boolean listening = true;
  private volatile Supplier<Future<Reply>> renewing = () -> renewed(1, 1);
  private Lease lease = lease(LENGTH);

  @AfterEach
  void stop() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void lease_isRenewedLongBeforeItsEnd_andNotAllTheTime() {
    lease = lease(Duration.ofMillis(1_500));
    long begunNanos = System.nanoTime();
    start(true);

    await().atMost(Duration.ofMillis(1_200)).until(() -> store.askedCount.get() == 2);
    assertThat(System.nanoTime() - begunNanos).isGreaterThan(Duration.ofMillis(400).toNanos());
  }

  @Test
  void renewals_goOn_andAMessageGoesWithEach() {
    start(true);
    await().until(() -> store.askedCount.get() > 10);

    assertThat(unheard).isEmpty();
    assertThat(forgottenCount).hasValue(0);
  }

  @Test
  void leaseThatRedisDoesNotKnow_isTold() {
    renewing = () -> renewed(0, 1);
    start(true);

    await().until(() -> forgottenCount.get() > 1);
  }

  @Test
  void messageThatNobodyHears_showsAnInboxOfNoUse_ifThereIsOne() {
    renewing = () -> renewed(1, 0);
    listening = false;
    start(true);
    await().until(() -> store.askedCount.get() > 10);
    assertThat(unheard).isEmpty();

    listening = true;

    await().until(() -> !unheard.isEmpty());
    assertThat(unheard.get(0)).contains("nobody");
  }

  @Test
  void messagesThatDoNotCome_showAnInboxOfNoUse() {
    start(false);

    await().until(() -> !unheard.isEmpty());
    assertThat(unheard.get(0)).contains("do not come");
    assertThat(store.askedCount.get()).isGreaterThan(2);
  }

  @Test
  void renewalThatFails_isTriedAgain() {
    renewing = () -> Future.failedFuture(ScriptedStore.outage(FailureCause.UNREACHABLE));
    start(true);
    await().until(() -> store.askedCount.get() > 3);

    assertThat(unheard).isEmpty();
    assertThat(forgottenCount).hasValue(0);
  }

  @Test
  void leaseThatIsGivenUp_isRemoved_andNotRenewed() {
    start(true);
    List<String> asked = new CopyOnWriteArrayList<>();
    store.answering =
        what -> {
          asked.add(what.name() + " " + what.keys().get(0));
          return Future.failedFuture(ScriptedStore.outage(FailureCause.UNREACHABLE));
        };

    loop.call(lease::close);

    int count = asked.size();
    assertThat(asked.get(count - 1)).isEqualTo("DEL vn:lease:{" + SELF + "}");
    await().pollDelay(LENGTH.multipliedBy(3)).until(() -> asked.size() == count);
  }

  private Lease lease(Duration length) {
    return new Lease(
        SELF,
        new Lease.Parts(vertx, store, "PUBLISH"),
        length,
        new Lease.Watcher() {
          @Override
          public void forgotten() {
            forgottenCount.incrementAndGet();
          }

          @Override
          public boolean listening() {
            return listening;
          }

          @Override
          public void unheard(String why) {
            unheard.add(why);
          }
        });
  }

  /** Its own messages come or not. */
  private void start(boolean heard) {
    store.answering =
        what -> {
          assertThat(what.name()).isEqualTo("node_renew");
          if (heard) {
            lease.heard();
          }
          return renewing.get();
        };
    loop.call(
        () -> {
          lease.start();
          return Future.succeededFuture();
        });
  }

  private static Future<Reply> renewed(long stood, long receivers) {
    return Future.succeededFuture(
        new Reply.Items(List.of(new Reply.Numeral(stood), new Reply.Numeral(receivers))));
  }
}
