package io.vestibule.load.unlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CourseTest {
  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
  private final Course course =
      new Course(new Progress(new PrintWriter(new StringWriter())), nanos::get);

  @Test
  void eachPart_saysWhenItWasMeasured_inOrder() throws Exception {
    pass(10);
    assertThat(course.take("peer: highest rate", () -> pass(90))).isEqualTo(90);
    pass(20);
    course.take("gateway: highest rate", () -> pass(60));

    assertThat(course.figures())
        .extracting(
            figure -> figure.subject().name(), figure -> figure.measure().name(), Figure::value)
        .containsExactly(
            tuple("peer: highest rate", "from", 10.0),
            tuple("peer: highest rate", "until", 100.0),
            tuple("gateway: highest rate", "from", 120.0),
            tuple("gateway: highest rate", "until", 180.0));
  }

  private int pass(int seconds) {
    nanos.addAndGet(seconds * 1_000_000_000L);
    return seconds;
  }
}
