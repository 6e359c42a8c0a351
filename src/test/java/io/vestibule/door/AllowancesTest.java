package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.DoorId;
import io.vestibule.config.Rate;
import io.vestibule.testing.SimTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowancesTest {
  private static final DoorId DOOR = new DoorId("d1");

  private final SimTime time = new SimTime();
  private final Allowances allowances = new Allowances(new Rate(3, Duration.ofMinutes(1)), time);

  @Test
  void allowance_isSoManyAtOnce_andOneMoreForEachPartOfTheStretch() {
    assertThat(taken(5)).isEqualTo(3);

    time.advance(Duration.ofSeconds(20).minusNanos(1));
    assertThat(taken(1)).isZero();
    time.advance(Duration.ofNanos(1));
    assertThat(taken(2)).isEqualTo(1);
    time.advance(Duration.ofHours(1));
    assertThat(taken(5)).isEqualTo(3);
  }

  @Test
  void door_hasItsOwn() {
    taken(3);

    assertThat(allowances.take(new DoorId("d2"))).isTrue();
  }

  @Test
  void whole_isForgotten_whatWasTakenFromIsNot() {
    strangers("early");
    time.advance(Duration.ofSeconds(20));
    taken(3);

    strangers("late");

    assertThat(allowances.size()).isLessThan(2_000);
    assertThat(taken(1)).isZero();
  }

  private void strangers(String name) {
    for (int number = 0; number < 1_023; number++) {
      allowances.take(new DoorId(name + number));
    }
  }

  private int taken(int asked) {
    int taken = 0;
    for (int times = 0; times < asked; times++) {
      taken += allowances.take(DOOR) ? 1 : 0;
    }
    return taken;
  }
}
