package io.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.access.BuildingId;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.OnLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveLogTest {
  private static final BuildingId ELM = new BuildingId("elm");
  private static final BuildingId OAK = new BuildingId("oak");

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final AskedReader reader = new AskedReader();
  private LiveLog live;

  @BeforeEach
  void start() {
    live =
        loop.call(() -> Future.succeededFuture(new LiveLog(vertx, reader, Duration.ofMillis(1))));
  }

  @AfterEach
  void stop() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void manyWatches_ofOneLog_areOneQuestionAtATime() throws Exception {
    Heard first = watch(ELM, 5);
    Heard second = watch(ELM, 5);

    Asked asked = reader.next();
    assertThat(reader.asked).isEmpty();
    answer(asked, false, 6, 7);

    assertThat(reader.next().place()).isEqualTo(id(7));
    assertThat(first.ids()).containsExactly(6L, 7L);
    assertThat(second.ids()).containsExactly(6L, 7L);
  }

  @Test
  void watch_thatJoinsFurtherBack_missesNothing_andTheOthersHearNothingTwice() throws Exception {
    Heard ahead = watch(ELM, 5);
    Asked underWay = reader.next();
    Heard behind = watch(ELM, 2);

    answer(underWay, false, 6);
    Asked again = reader.next();
    assertThat(again.place()).isEqualTo(id(2));
    answer(again, false, 3, 5, 6);
    reader.next();

    assertThat(ahead.ids()).containsExactly(6L);
    assertThat(behind.ids()).containsExactly(3L, 5L, 6L);
  }

  @Test
  void storeAway_isAskedAgain_fromTheSamePlace() throws Exception {
    Heard heard = watch(ELM, 5);

    Asked lost = reader.next();
    fail(lost, new StoreUnavailable("XRANGE", new IOException("gone")));
    Asked again = reader.next();

    assertThat(again.place()).isEqualTo(id(5));
    answer(again, false, 6);
    reader.next();
    assertThat(heard.ids()).containsExactly(6L);
  }

  @Test
  void bug_endsTheWatches_andSaysSo() throws Exception {
    Heard heard = watch(ELM, 5);

    fail(reader.next(), new IllegalStateException("a bug"));

    await().until(() -> heard.bugs.size() == 1);
    assertThat(followed()).isZero();
  }

  @Test
  void log_isFollowedWhileAnybodyWatches_andNoLonger() throws Exception {
    Heard first = watch(ELM, 5);
    Heard second = watch(ELM, 5);
    Heard other = watch(OAK, 1);
    assertThat(followed()).isEqualTo(2);

    end(first);
    end(first);
    assertThat(followed()).isEqualTo(2);
    end(second);
    end(other);
    assertThat(followed()).isZero();
    reader.answerAll();
    assertThat(first.ids()).isEmpty();
  }

  @Test
  void watch_endedByWhatItHears_hearsNoMore_andTheOthersDo() throws Exception {
    Heard first = watch(ELM, 5);
    first.endsAtOnce = true;
    Heard second = watch(ELM, 5);

    answer(reader.next(), false, 6);
    answer(reader.next(), false, 7);
    reader.next();

    assertThat(first.ids()).containsExactly(6L);
    assertThat(second.ids()).containsExactly(6L, 7L);
  }

  private Heard watch(BuildingId building, long place) {
    Heard heard = new Heard();
    heard.watch =
        Optional.of(
            loop.call(() -> Future.succeededFuture(live.watch(building, id(place), heard))));
    return heard;
  }

  private void end(Heard heard) {
    loop.call(
        () -> {
          heard.watch.orElseThrow().end();
          return Future.succeededFuture();
        });
  }

  private int followed() {
    return loop.call(() -> Future.succeededFuture(live.followedCount()));
  }

  private void answer(Asked asked, boolean more, long... ids) {
    List<StoredRecord> records = new ArrayList<>();
    for (long id : ids) {
      records.add(new StoredRecord(id(id), "{}"));
    }
    loop.call(
        () -> {
          asked.answer().complete(new AuditPage(records, more));
          return Future.succeededFuture();
        });
  }

  private void fail(Asked asked, RuntimeException cause) {
    loop.call(
        () -> {
          asked.answer().fail(cause);
          return Future.succeededFuture();
        });
  }

  private static RecordId id(long millis) {
    return new RecordId(millis, 0);
  }

  private record Asked(RecordId place, Promise<AuditPage> answer) {}

  /** Leaves every question to the test. */
  private static final class AskedReader implements AuditReader {
    final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    Asked next() throws InterruptedException {
      Asked next = asked.poll(20, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      return next;
    }

    void answerAll() {
      asked.forEach(each -> each.answer().complete(new AuditPage(List.of(), /* more= */ false)));
    }

    @Override
    public Future<AuditPage> after(BuildingId building, RecordId place, int countMax) {
      Promise<AuditPage> answer = Promise.promise();
      asked.add(new Asked(place, answer));
      return answer.future();
    }

    @Override
    public Future<Optional<RecordId>> oldest(BuildingId building) {
      throw new AssertionError("nobody asks");
    }

    @Override
    public Future<Optional<RecordId>> newest(BuildingId building) {
      throw new AssertionError("nobody asks");
    }
  }

  private static final class Heard implements LiveLog.Watcher {
    final List<StoredRecord> records = new CopyOnWriteArrayList<>();
    final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    volatile Optional<Watch> watch = Optional.empty();
    volatile boolean endsAtOnce;

    List<Long> ids() {
      return records.stream().map(record -> record.id().millis()).toList();
    }

    @Override
    public void recorded(List<StoredRecord> told) {
      records.addAll(told);
      if (endsAtOnce) {
        watch.orElseThrow().end();
      }
    }

    @Override
    public void failed(Throwable bug) {
      bugs.add(bug);
    }
  }
}
