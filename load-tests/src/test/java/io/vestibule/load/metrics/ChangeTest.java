package io.vestibule.load.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

final class ChangeTest {
  private static final String TEXT =
      """
      vestibule_unlock_stage_duration_seconds_count{stage="verify"} %d
      vestibule_unlock_stage_duration_seconds_sum{stage="verify"} %s
      vestibule_unlock_stage_duration_seconds_count{stage="claim"} 7
      vestibule_unlock_stage_duration_seconds_sum{stage="claim"} 7
      jvm_gc_memory_allocated_bytes_total %d
      jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} %d
      jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 5
      """;

  private final Change change =
      new Change(
          Exposition.parse(TEXT.formatted(10, "1.0", 1_000, 300)),
          Exposition.parse(TEXT.formatted(110, "1.004", 5_000, 100)));

  @Test
  void aStage_isTheMeanOfWhatCameBetween() {
    assertThat(change.stageMicros("verify")).isCloseTo(40, offset(1e-6));
  }

  @Test
  void allocation_isWhatWasCollected_andWhatWaitsForIt() {
    assertThat(change.allocatedBytes()).isEqualTo(3_800);
  }

  @Test
  void whatIsNotShown_isNoNumber() {
    assertThat(change.of("vestibule_unknown_total")).isNaN();
  }
}
