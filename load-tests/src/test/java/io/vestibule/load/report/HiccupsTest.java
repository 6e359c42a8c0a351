package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HiccupsTest {
  private final Hiccups hiccups = new Hiccups();

  @Test
  void theWorstPause_andThoseAbove10Ms_count() {
    hiccups.paused(3);
    hiccups.paused(80);
    hiccups.paused(12);

    assertThat(hiccups.pauses()).isEqualTo(new Pauses(80, 2));
  }

  @Test
  void aPauseBetweenMeasurements_doesNotCount() {
    hiccups.paused(20);
    hiccups.rest();
    hiccups.paused(500);
    assertThat(hiccups.pauses()).isEqualTo(new Pauses(20, 1));

    hiccups.resume();
    hiccups.paused(30);
    assertThat(hiccups.pauses()).isEqualTo(new Pauses(30, 2));
  }

  @Test
  void whatWasBeforeAMeasurement_isForgotten_andItBegins() {
    hiccups.paused(500);
    hiccups.rest();
    hiccups.forget();
    hiccups.paused(15);

    assertThat(hiccups.pauses()).isEqualTo(new Pauses(15, 1));
  }
}
