package io.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlacesTest {
  @Test
  void oneHolder_hasAShareAtTheMost_andLeavesTheRestToOthers() {
    Places places = new Places(100);

    assertThat(taken(places, "a", 100)).isEqualTo(25);
    assertThat(taken(places, "b", 100)).isEqualTo(25);
    assertThat(taken(places, "c", 100)).isEqualTo(25);
    assertThat(taken(places, "d", 100)).isEqualTo(25);
    assertThat(places.take("e")).isFalse();

    places.leave("a");
    assertThat(places.take("e")).isTrue();
    assertThat(places.take("a")).isFalse();
  }

  @Test
  void whatWasRefused_takesNoPlace() {
    Places places = new Places(16);
    taken(places, "a", 50);

    IntStream.range(0, 8).forEach(count -> places.leave("a"));

    assertThat(taken(places, "a", 50)).isEqualTo(8);
    assertThat(taken(places, "b", 50)).isEqualTo(8);
  }

  private static long taken(Places places, String holder, int tries) {
    return IntStream.range(0, tries).filter(count -> places.take(holder)).count();
  }
}
