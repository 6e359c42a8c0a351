package io.vestibule.load.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class UnderWayTest {
  private final UnderWay underWay = new UnderWay(2);
  private final List<CompletableFuture<Void>> begun = new ArrayList<>();

  @Test
  void noMoreBeginThanMay_andTheOthersAreCounted() {
    begin(5);

    assertThat(begun).hasSize(2);
    assertThat(underWay.turnedAwayCount()).isEqualTo(3);

    begun.get(0).complete(null);
    begin(1);

    assertThat(begun).hasSize(3);
    assertThat(underWay.turnedAwayCount()).isEqualTo(3);
  }

  @Test
  void onceAllHaveEnded_noneIsUnderWay() {
    begin(2);
    begun.get(1).complete(null);
    assertThat(underWay.none()).isFalse();

    begun.get(0).complete(null);
    assertThat(underWay.none()).isTrue();
  }

  @Test
  void whatFails_isTold_alsoWhereItCouldNotEvenBegin() {
    begin(1);
    begun.get(0).completeExceptionally(new IllegalArgumentException("no such door"));
    assertThatThrownBy(underWay::none).hasRootCauseMessage("no such door");

    UnderWay other = new UnderWay(1);
    assertThatThrownBy(() -> other.begin(this::fail)).hasMessage("no grants");
    assertThatThrownBy(other::none).hasRootCauseMessage("no grants");
  }

  private void begin(int count) {
    for (int number = 0; number < count; number++) {
      underWay.begin(
          () -> {
            begun.add(new CompletableFuture<>());
            return begun.get(begun.size() - 1);
          });
    }
  }

  private CompletableFuture<Void> fail() {
    throw new IllegalStateException("no grants");
  }
}
