package io.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.testing.OnLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final Turns turns = new Turns(2);
  private final List<Promise<String>> begun = new ArrayList<>();

  @AfterEach
  void close() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void asManyAsMayBeUnderWay_othersWaitForTheirTurn_andAllEnd() {
    List<Future<String>> answers =
        loop.call(
            () -> {
              List<Future<String>> asked = new ArrayList<>();
              for (int count = 0; count < 5; count++) {
                asked.add(turns.take(this::begin));
              }
              return Future.succeededFuture(asked);
            });
    assertThat(begun).hasSize(2);

    assertThat(end(0, answers.get(0))).isEqualTo("done");
    assertThat(begun).hasSize(3);
    for (int count = 1; count < 5; count++) {
      end(count, answers.get(count));
    }

    assertThat(answers).allMatch(Future::succeeded);
  }

  @Test
  void workThatThrows_fails_andGivesItsTurnBack() {
    for (int count = 0; count < 3; count++) {
      Throwable failure =
          loop.call(
              () ->
                  turns
                      .<String>take(
                          () -> {
                            throw new IllegalStateException("bug");
                          })
                      .<Throwable>map(done -> new AssertionError(done))
                      .otherwise(thrown -> thrown));
      assertThat(failure).isInstanceOf(IllegalStateException.class);
    }
  }

  private Future<String> begin() {
    Promise<String> work = Promise.promise();
    begun.add(work);
    return work.future();
  }

  private String end(int index, Future<String> answer) {
    return loop.call(
        () -> {
          begun.get(index).complete("done");
          return answer;
        });
  }
}
