package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CrewTest {
  private static final Crew CREW = new Crew(4, Duration.ofSeconds(30));

  private final StringWriter said = new StringWriter();
  private final Progress progress = new Progress(new PrintWriter(said, true));
  private final Queue<Integer> worked = new ConcurrentLinkedQueue<>();

  @Test
  void eachNumber_isWorkedOnOnce_andTheEndIsSaid() throws Exception {
    CREW.run(progress, "doors", 2, 100, () -> worked::add);

    assertThat(worked)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, 100).boxed().toList());
    assertThat(said.toString().lines()).containsExactly("load-tests: doors: 99 of 99");
  }

  @Test
  void oneFailure_endsIt_andIsNamed() {
    Crew alone = new Crew(1, Duration.ofSeconds(30));

    assertThatThrownBy(() -> alone.run(progress, "doors", 1, 100, () -> CrewTest.this::failAtTen))
        .isInstanceOf(CannotRun.class)
        .hasMessage("doors: not all: door 10 is refused");
    assertThat(worked).hasSize(9);
  }

  @Test
  void workThatDoesNotEnd_isGivenUp() {
    Crew hasty = new Crew(1, Duration.ofMillis(20));
    CountDownLatch never = new CountDownLatch(1);

    assertThatThrownBy(() -> hasty.run(progress, "doors", 1, 1, () -> number -> await(never)))
        .isInstanceOf(CannotRun.class)
        .hasMessageStartingWith("doors: not all within");
  }

  private void failAtTen(int number) throws IOException {
    if (number == 10) {
      throw new IOException("door 10 is refused");
    }
    worked.add(number);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("given up", e);
    }
  }
}
