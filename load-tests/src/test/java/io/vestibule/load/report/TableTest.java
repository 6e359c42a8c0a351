package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  private static final Figure.Subject NODE_A = new Figure.Subject("Times", "node a");
  private static final Figure.Subject NODE_B = new Figure.Subject("Times", "node b");
  private static final Figure.Subject KEPT = new Figure.Subject("Kept", "door");

  @Test
  void eachSubject_isALine_eachMeasureAColumn_eachSectionATable() {
    String table =
        new Table(new Judge(false))
            .render(
                List.of(
                    NODE_A.figure("p50", "ms", 1.234),
                    NODE_A.figure("p99", "ms", 9.5, Bound.timing(10)),
                    NODE_B.figure("p99", "ms", 12.34, Bound.timing(10)),
                    KEPT.figure("bytes", "", 1_234, Bound.exact(1_500))));

    assertThat(table)
        .isEqualTo(
            """
            Times   p50, ms  p99, ms  bound
            node a     1.23     9.50  p99 ≤ 10  ok
            node b              12.3  p99 ≤ 10  missed

            Kept  bytes  bound
            door  1,234  bytes ≤ 1,500  ok

            """);
  }

  @Test
  void figuresOfOneLineThatFareDifferently_areNamed() {
    String table =
        new Table(new Judge(false))
            .render(
                List.of(
                    KEPT.figure("p50", "ns", 501, Bound.timing(500)),
                    KEPT.figure("bytes", "", 64, Bound.exact(64))));

    assertThat(table).contains("p50 ≤ 500, bytes ≤ 64  p50 missed, bytes ok");
  }

  @Test
  void aBound_saysOnWhichSideItIsKept() {
    String table =
        new Table(new Judge(false))
            .render(
                List.of(
                    NODE_A.figure("p99", "ms", 3, Bound.timing(2)),
                    NODE_A.figure("rate", "/s", 9_000, Bound.timingAtLeast(8_000))));

    assertThat(table).contains("p99 ≤ 2, rate ≥ 8,000  p99 missed, rate ok");
  }

  @Test
  void numbers_haveThreeDigitsOrSo() {
    assertThat(Table.number(0)).isEqualTo("0");
    assertThat(Table.number(0.125)).isEqualTo("0.13");
    assertThat(Table.number(12.34)).isEqualTo("12.3");
    assertThat(Table.number(1234.5)).isEqualTo("1,235");
    assertThat(Table.number(Double.NaN)).isEqualTo("none");
  }
}
