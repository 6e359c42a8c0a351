package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JudgeTest {
  private static final Figure.Subject SUBJECT = new Figure.Subject("section", "subject");
  private static final Judge FULL = new Judge(false);
  private static final Judge QUICK = new Judge(true);

  @Test
  void aBound_isKeptUpToItsValue_andMissedAbove() {
    assertThat(FULL.verdict(timing(10))).isEqualTo(Verdict.OK);
    assertThat(FULL.verdict(timing(10.001))).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aLowerBound_isKeptDownToItsValue_andMissedBelow() {
    assertThat(FULL.verdict(rate(8_000))).isEqualTo(Verdict.OK);
    assertThat(FULL.verdict(rate(7_999.9))).isEqualTo(Verdict.MISSED);
    assertThat(QUICK.verdict(rate(1))).isEqualTo(Verdict.NOT_JUDGED);
    assertThat(QUICK.verdict(SUBJECT.figure("opened", "", 9, Bound.exactAtLeast(10))))
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void aValueThatWasNotMeasured_keepsNoBound() {
    assertThat(FULL.verdict(timing(Double.NaN))).isEqualTo(Verdict.MISSED);
    assertThat(FULL.verdict(rate(Double.NaN))).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aFigureWithoutBound_isNotJudged() {
    assertThat(FULL.verdict(SUBJECT.figure("p50", "ms", 1e9))).isEqualTo(Verdict.UNBOUNDED);
  }

  @Test
  void aQuickRun_judgesOnlyWhatABusyMachineCannotBreak() {
    Figure late = timing(11);
    Figure honoured = SUBJECT.figure("count", "", 1, Bound.exact(0));

    assertThat(QUICK.verdict(late)).isEqualTo(Verdict.NOT_JUDGED);
    assertThat(QUICK.verdict(honoured)).isEqualTo(Verdict.MISSED);
    assertThat(QUICK.missed(List.of(late, honoured))).containsExactly(honoured);
    assertThat(FULL.missed(List.of(late, honoured))).containsExactly(late, honoured);
  }

  private static Figure timing(double value) {
    return SUBJECT.figure("p99", "ms", value, Bound.timing(10));
  }

  private static Figure rate(double value) {
    return SUBJECT.figure("rate", "/s", value, Bound.timingAtLeast(8_000));
  }
}
