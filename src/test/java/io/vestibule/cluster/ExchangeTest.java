package io.vestibule.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.metrics.Meters;
import io.vestibule.store.FailureCause;
import io.vestibule.store.Reply;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.SimTime;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of a command asked of another node, by what is known of its way. */
final class ExchangeTest {
  private static final NodeName SELF = NodeName.begin("self");
  private static final Place OWNER = new Place(NodeName.begin("owner"), 7, Instant.EPOCH);
  private static final DoorId DOOR = new DoorId("front");
  private static final Instant AT = Instant.ofEpochMilli(1_764_000_000_000L);
  private static final Duration LONG = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final ScriptedStore store = new ScriptedStore();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Answer> late = new CopyOnWriteArrayList<>();
  private final AtomicInteger sentCount = new AtomicInteger();
  private final SimTime placesTime = new SimTime(); // What was seen stays recent.
  private final Places places =
      new Places(SELF, store, new Leases(store, placesTime), placesTime, stray -> {});
  private final Exchange exchange = exchange(2);

  @AfterEach
  void stop() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void commandThatIsHeard_endsWithItsAnswer() {
    CompletableFuture<Exchange.Ending> ending = ask("u1", LONG);
    heardBy(1);
    assertThat(sentCount).hasValue(1);
    assertThat(ending).isNotDone();

    answered(1, "u1", Said.OPENED);

    assertThat(OnLoop.await(ending)).isEqualTo(new Exchange.Ending(Said.OPENED, AT));
    assertThat(late).isEmpty();
    assertThat(waiting()).isZero();
  }

  @Test
  void nodeWithoutALease_wasSentNothing_andIsUnreachedAtOnce() {
    CompletableFuture<Exchange.Ending> ending = ask("u1", LONG);

    heardBy(-1);

    assertThat(OnLoop.await(ending).said()).isEqualTo(Said.UNREACHED);
    assertThat(sentCount).hasValue(0);
    assertThat(store.askedCount).hasValue(1);
  }

  @Test
  void commandThatNobodyHeard_isTakenBack_andThenUnreached() {
    CompletableFuture<Exchange.Ending> ending = ask("u1", LONG);

    heardBy(0);
    await().until(() -> store.waiting.size() == 1);
    assertThat(store.waiting.get(0).args().get(2)).contains("\"recall\"").contains("\"u1\"");
    // Also to a node whose lease has gone since: it may have heard the command.
    assertThat(store.waiting.get(0).args().get(3)).isEqualTo("0");
    assertThat(ending).isNotDone();
    heardBy(0);

    assertThat(OnLoop.await(ending).said()).isEqualTo(Said.UNREACHED);
    assertThat(sentCount).hasValue(0);
  }

  @Test
  void commandThatSomebodyActsOn_thoughNobodyWasCounted_endsWithItsAnswer() {
    CompletableFuture<Exchange.Ending> ending = askOneUnseen("u1", LONG);

    answered(1, "u1", Said.OPENED);

    assertThat(OnLoop.await(ending).said()).isEqualTo(Said.OPENED);
  }

  @Test
  void ownerThatHasTheCommand_thoughNobodyWasCounted_isWaitedFor_howeverSlowItsDoor() {
    CompletableFuture<Exchange.Ending> ending = askOneUnseen("u1", Duration.ofMillis(500));

    answered(1, "u1", Said.UNDERWAY);

    // Not that nothing was written, upon which the visit would be given back.
    assertThat(OnLoop.await(ending).said()).isEqualTo(Said.SILENT);
    answered(1, "u1", Said.OPENED);
    assertThat(late).extracting(Answer::said).containsExactly(Said.OPENED);
  }

  @Test
  void ownerThatAnsweredMeanwhile_isNotForgotten() {
    assertThat(OnLoop.await(found())).contains(OWNER);
    CompletableFuture<Exchange.Ending> ending = askOneUnseen("u1", LONG);

    answered(1, "u1", Said.OPENED);

    assertThat(OnLoop.await(ending).said()).isEqualTo(Said.OPENED);
    passTheWaitForASign();
    assertThat(places.recent(DOOR)).contains(OWNER);
  }

  @Test
  void ownerThatGivesNoSign_isForgotten() {
    assertThat(OnLoop.await(found())).contains(OWNER);
    CompletableFuture<Exchange.Ending> ending = ask("u1", LONG);
    unheard();

    assertThat(OnLoop.await(ending).said()).isEqualTo(Said.UNREACHED);

    assertThat(places.recent(DOOR)).isEmpty();
  }

  @Test
  void signOfLifeForTheFirstTry_countsForTheSecond() {
    CompletableFuture<Exchange.Ending> first = ask("u1", LONG);
    unheard();
    assertThat(OnLoop.await(first).said()).isEqualTo(Said.UNREACHED);
    CompletableFuture<Exchange.Ending> second = ask("u1", Duration.ofMillis(600));
    unheard();

    answered(1, "u1", Said.OFFLINE); // It never comes to that owner, and may come to this one.
    assertThat(second).isNotDone();
    answered(1, "u1", Said.UNDERWAY);

    assertThat(OnLoop.await(second).said()).isEqualTo(Said.SILENT);
  }

  @Test
  void wordOfTheDoor_uponTheFirstTry_endsTheSecond() {
    CompletableFuture<Exchange.Ending> first = ask("u1", LONG);
    unheard();
    assertThat(OnLoop.await(first).said()).isEqualTo(Said.UNREACHED);
    CompletableFuture<Exchange.Ending> second = ask("u1", LONG);

    answered(1, "u1", Said.OPENED);

    assertThat(OnLoop.await(second).said()).isEqualTo(Said.OPENED);
    assertThat(late).isEmpty();
    assertThat(waiting()).isZero();
  }

  @Test
  void unlockThatIsBeingAskedFor_isNotAskedForBeside() {
    CompletableFuture<Exchange.Ending> first = ask("u1", LONG);

    CompletableFuture<Exchange.Ending> second = ask("u1", LONG);

    assertThat(second).isCompletedExceptionally();
    assertThat(store.askedCount).hasValue(1);
    answered(1, "u1", Said.OPENED);
    assertThat(OnLoop.await(first).said()).isEqualTo(Said.OPENED);
  }

  @Test
  void recallThatIsHeard_andNotAnswered_leavesTheOutcomeUnknown() {
    CompletableFuture<Exchange.Ending> ending = ask("u1", Duration.ofMillis(500));
    heardBy(0);
    await().until(() -> store.waiting.size() == 1);

    heardBy(1);

    assertThat(OnLoop.await(ending).said()).isEqualTo(Said.SILENT);
  }

  @Test
  void publishThatFailed_mayHaveBeenHeard_soTheAnswerIsWaitedFor() {
    CompletableFuture<Exchange.Ending> answered = ask("u1", LONG);
    run(() -> store.fail(store.waiting.get(0), FailureCause.TIMED_OUT));
    assertThat(answered).isNotDone();
    answered(1, "u1", Said.REFUSED);
    assertThat(OnLoop.await(answered).said()).isEqualTo(Said.REFUSED);

    CompletableFuture<Exchange.Ending> silent = ask("u2", Duration.ofMillis(50));
    run(() -> store.fail(store.waiting.get(0), FailureCause.UNREACHABLE));
    assertThat(OnLoop.await(silent).said()).isEqualTo(Said.SILENT);
  }

  @Test
  void publishThatFoundNoRoom_wasNotSent() {
    CompletableFuture<Exchange.Ending> ending = ask("u1", LONG);

    run(() -> store.fail(store.waiting.get(0), FailureCause.OVERLOADED));

    assertThat(OnLoop.await(ending).said()).isEqualTo(Said.FULL);
  }

  @Test
  void moreThanMayWait_isNotSent() {
    List<CompletableFuture<Exchange.Ending>> others = List.of(ask("u1", LONG), ask("u2", LONG));

    CompletableFuture<Exchange.Ending> third = ask("u3", LONG);

    assertThat(OnLoop.await(third).said()).isEqualTo(Said.FULL);
    assertThat(store.askedCount).hasValue(2);
    assertThat(count("full")).isEqualTo(1);
    assertThat(waiting()).isEqualTo(2);
    assertThat(others).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void answerThatComesTooLate_changesNothing_andTheDoorsWordIsKept() {
    CompletableFuture<Exchange.Ending> ending = ask("u1", Duration.ofMillis(20));
    heardBy(1);
    assertThat(OnLoop.await(ending).said()).isEqualTo(Said.SILENT);

    answered(1, "u1", Said.OPENED);
    answered(1, "u1", Said.UNKNOWN);

    assertThat(late).extracting(Answer::said).containsExactly(Said.OPENED);
    assertThat(
            registry.get("vestibule.node.messages.dropped").tag("cause", "late").counter().count())
        .isEqualTo(2);
  }

  @Test
  void answerForAnotherUnlock_endsNothing() {
    CompletableFuture<Exchange.Ending> ending = ask("u1", LONG);
    heardBy(1);

    answered(1, "u-forged", Said.OPENED);

    assertThat(ending).isNotDone();
  }

  private Exchange exchange(int waitingCountMax) {
    Post post = new Post(store, "PUBLISH");
    Meters meters = new Meters(registry);
    return new Exchange(
        SELF,
        new Exchange.Parts(vertx, post, places, meters, Time.system()),
        waitingCountMax,
        late::add);
  }

  /** Nobody is counted who heard the command, nor that it was taken back. */
  private CompletableFuture<Exchange.Ending> askOneUnseen(String unlock, Duration wait) {
    CompletableFuture<Exchange.Ending> ending = ask(unlock, wait);
    heardBy(0);
    await().until(() -> store.waiting.size() == 1);
    heardBy(0);
    return ending;
  }

  private CompletableFuture<Exchange.Ending> ask(String unlock, Duration wait) {
    CompletableFuture<Exchange.Ending> ending =
        loop.start(
            () ->
                exchange.ask(
                    OWNER,
                    new Exchange.Command(
                        DOOR,
                        new UnlockId(unlock),
                        "header.claims.signature",
                        wait,
                        sentCount::incrementAndGet)));
    run(() -> {}); // Behind it on the loop.
    return ending;
  }

  private CompletableFuture<Optional<Place>> found() {
    CompletableFuture<Optional<Place>> found = loop.start(() -> places.find(DOOR));
    run(() -> store.answer(store.waiting.get(0), new Reply.Text("7 0 " + OWNER.node())));
    run(() -> store.answer(store.waiting.get(0), new Reply.Numeral(60_000)));
    return found;
  }

  /** Neither the command nor its recall, as far as Redis knows. */
  private void unheard() {
    heardBy(0);
    await().until(() -> store.waiting.size() == 1);
    heardBy(0);
  }

  /** On the loop of the wait itself, which was begun before. */
  private void passTheWaitForASign() {
    loop.call(() -> vertx.timer(300, TimeUnit.MILLISECONDS));
  }

  private void heardBy(long count) {
    run(() -> store.answer(store.waiting.get(0), new Reply.Numeral(count)));
  }

  private void answered(long id, String unlock, Said said) {
    exchange.answered(new Answer(id, DOOR, new UnlockId(unlock), said, AT));
  }

  private double count(String result) {
    return registry.get("vestibule.commands.remote").tag("result", result).counter().count();
  }

  private double waiting() {
    return registry.get("vestibule.commands.remote.waiting").gauge().value();
  }

  private void run(Runnable work) {
    loop.call(
        () -> {
          work.run();
          return Future.succeededFuture();
        });
  }
}
