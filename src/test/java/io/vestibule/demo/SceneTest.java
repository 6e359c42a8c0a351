package io.vestibule.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SceneTest {
  @Test
  void answerAsExpected_isAsExpected() {
    assertThat(play(() -> Future.succeededFuture(answer("lockdown"))).asExpected()).isTrue();
  }

  @Test
  void otherReasonUnderTheSameStatus_isNotAsExpected() {
    assertThat(play(() -> Future.succeededFuture(answer("opened"))).asExpected()).isFalse();
  }

  @Test
  void failedAct_isSeen_andNotAsExpected() {
    Played played = play(() -> Future.failedFuture("connection refused"));

    assertThat(played.seen()).isEqualTo("failed: connection refused");
    assertThat(played.asExpected()).isFalse();
  }

  @Test
  void throwingAct_isSeen_andNotAsExpected() {
    Played played =
        play(
            () -> {
              throw new IllegalStateException("broken");
            });

    assertThat(played.seen()).isEqualTo("failed: broken");
  }

  private static Played play(Supplier<Future<Answer>> act) {
    return Scene.answered("lockdown", "423 lockdown", act).play().result();
  }

  private static Answer answer(String word) {
    return new Answer(423, word, Optional.empty(), false);
  }
}
