package io.vestibule.load.metrics;

/** What a gateway's metrics say of the time between two looks; not a number where they do not. */
public record Change(Exposition before, Exposition after) {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final String STAGE = "vestibule_unlock_stage_duration_seconds";
  private static final String HEAP = "area=\"heap\"";
  private static final String USED = "jvm_memory_used_bytes";

  /** How much a counter rose, over all labels. */
  public double of(String counter) {
    return after.sum(counter) - before.sum(counter);
  }

  /** How much a counter rose, over the series with that label. */
  public double of(String counter, String label) {
    return after.sum(counter, label) - before.sum(counter, label);
  }

  /** The mean wall time of a stage of unlocking, in microseconds. */
  public double stageMicros(String stage) {
    String label = "stage=\"" + stage + "\"";
    return of(STAGE + "_sum", label) / of(STAGE + "_count", label) * MICROS_PER_SECOND;
  }

  /**
   * What was allocated on the heap, in bytes: what collections have counted, and the growth of the
   * space for new objects since. Collectors without such a space do not tell.
   */
  public double allocatedBytes() {
    return of("jvm_gc_memory_allocated_bytes_total") + eden(after) - eden(before);
  }

  private static double eden(Exposition exposition) {
    return exposition.sum(USED, HEAP, "Eden Space\"");
  }
}
