package io.vestibule.load.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DayTest {
  @Test
  void thePeak_isFromTenToFourteen() {
    assertThat(Day.share(10)).isEqualTo(1);
    assertThat(Day.share(12.3)).isEqualTo(1);
    assertThat(Day.share(14)).isEqualTo(1);
    assertThat(Day.share(9.5)).isLessThan(1);
    assertThat(Day.share(14.5)).isLessThan(1);
  }

  @Test
  void theEvening_isASecondPeak() {
    assertThat(Day.share(18)).isGreaterThan(Day.share(16)).isGreaterThan(Day.share(20));
  }

  @Test
  void theNight_isNextToNothing_andNeverNothing() {
    for (double hour = 0; hour < 5; hour += 0.1) {
      assertThat(Day.share(hour)).isGreaterThan(0).isLessThan(0.03);
    }
  }

  @Test
  void betweenFullHours_itRunsStraight_alsoOverMidnight() {
    assertThat(Day.share(7.5)).isEqualTo((Day.share(7) + Day.share(8)) / 2);
    assertThat(Day.share(23.999)).isCloseTo(Day.share(0), offset(1e-3));
    assertThat(Day.share(24)).isCloseTo(Day.share(0), offset(1e-3));
  }

  @Test
  void theParts_makeTheDay() {
    double at = 0;
    for (Day.Part part : Day.PARTS) {
      assertThat(part.fromHour()).isEqualTo(at);
      at = part.untilHour();
    }
    assertThat(at).isEqualTo(24);
  }

  @Test
  void aDayInTwoMinutes_hasItsNoonAfterOne() {
    DeliveryPeak.Plan plan =
        new DeliveryPeak.Plan(20, 2_000, Duration.ofSeconds(120), Duration.ZERO, Optional.empty());

    assertThat(plan.perSecond(60)).isEqualTo(2_000);
    assertThat(plan.perSecond(10)).isEqualTo(2_000 * Day.share(2));
  }
}
