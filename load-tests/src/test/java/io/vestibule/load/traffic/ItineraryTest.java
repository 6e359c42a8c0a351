package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ItineraryTest {
  @Test
  void everyDoorComesOnce_beforeAnyComesAgain() {
    Itinerary itinerary = new Itinerary(new City(new City.Size(20, 2, 40)), 1);

    Set<Integer> doors = new HashSet<>();
    for (int number = 0; number < 20; number++) {
      doors.add(itinerary.door(number));
    }

    assertThat(doors).hasSize(20);
    assertThat(itinerary.door(20)).isEqualTo(itinerary.door(0));
  }

  @Test
  void moreThanTheGrantsAllow_isABug() {
    Itinerary itinerary = new Itinerary(new City(new City.Size(20, 2, 40)), 1);

    assertThat(itinerary.advance(4_000)).isZero();
    assertThatThrownBy(() -> itinerary.advance(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("40 grants are too few for 4001 unlocks");
  }

  @Test
  void aCityForSoManyUnlocks_hasGrantsForThem() {
    for (long unlocks : new long[] {0, 1, 1_999, 2_000, 2_001, 5_000_000}) {
      assertThat(City.Size.forUnlocks(20, unlocks).unlocksMax()).isGreaterThanOrEqualTo(unlocks);
    }
  }
}
