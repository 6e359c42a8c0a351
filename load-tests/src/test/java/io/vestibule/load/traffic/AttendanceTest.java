package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AttendanceTest {
  private static final int DOOR = 1;

  /** The clock may be anywhere, also below zero. */
  private static final long NOW = -1_000;

  private final Attendance attendance = new Attendance(3);

  @Test
  void aDoorThatTakesCommands_isHere_untilItLeaves() {
    attendance.arrived(DOOR, NOW);
    assertThat(attendance.here(DOOR)).isTrue();
    assertThat(attendance.hereCount()).isEqualTo(1);

    assertThat(attendance.left(DOOR)).isTrue();
    assertThat(attendance.here(DOOR)).isFalse();
    assertThat(attendance.hereCount()).isZero();
    assertThat(attendance.left(DOOR)).isFalse();
    assertThat(attendance.hereCount()).isZero();
  }

  @Test
  void aDoorThatWasSentAway_isAbsent_untilItTakesCommandsAgain() {
    attendance.arrived(DOOR, NOW);
    attendance.sentAway(DOOR);
    assertThat(attendance.mayCome(DOOR)).isFalse();
    assertThat(attendance.anySince(DOOR, NOW)).isTrue();

    attendance.left(DOOR);
    attendance.calledBack(DOOR);
    assertThat(attendance.mayCome(DOOR)).isTrue();
    assertThat(attendance.anySince(DOOR, NOW)).isTrue();

    attendance.arrived(DOOR, NOW + 50);
    assertThat(attendance.anySince(DOOR, NOW + 50)).isTrue();
    assertThat(attendance.anySince(DOOR, NOW + 51)).isFalse();
  }

  @Test
  void aRequestFromBeforeAnAbsenceEnded_metIt_alsoLongAfter() {
    attendance.sentAway(DOOR);
    attendance.calledBack(DOOR);
    attendance.arrived(DOOR, NOW + 50);

    assertThat(attendance.anySince(DOOR, NOW - 900)).isTrue();
  }

  @Test
  void aDoorThatWasLost_wasNotAbsent_andNoneIsForAnother() {
    attendance.arrived(DOOR, NOW);
    attendance.left(DOOR);
    attendance.arrived(DOOR, NOW + 50);
    attendance.sentAway(2);

    assertThat(attendance.anySince(DOOR, NOW)).isFalse();
    assertThat(attendance.anySince(0, NOW)).isFalse();
  }
}
