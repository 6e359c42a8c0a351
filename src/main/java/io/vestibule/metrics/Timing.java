package io.vestibule.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** What is timed: a histogram of durations. */
public enum Timing implements Metric {
  UNLOCK_DURATION(
      Buckets.FINE,
      "vestibule.unlock.duration",
      "From a request's arrival to its answer, or to its outcome where the answer did not wait for it; retries apart",
      Tag.OUTCOME,
      Tag.EDGE),
  UNLOCK_STAGE_DURATION(
      Buckets.FINE,
      "vestibule.unlock.stage.duration",
      "One stage of an attempt: verify (parse, find the courier, check the signature), decide (policy, door online), claim (the visit, on record), command (sign, reach the door's loop, write), ack (the door's answer), outcome (put on record)",
      Tag.STAGE),
  DOOR_HANDSHAKE_DURATION(
      Buckets.COARSE,
      "vestibule.door.handshake.duration",
      "TLS handshakes of doors from the connection's first moment: full, resumed from an earlier session, or failed",
      Tag.HANDSHAKE),
  STORE_OPERATION_DURATION(
      Buckets.COARSE,
      "vestibule.store.operation.duration",
      "Redis operations from the asking to the answer, failed ones too; a script is told by its name",
      Tag.OPERATION),
  HTTP_REQUEST_DURATION(
      Buckets.COARSE,
      "vestibule.http.request.duration",
      "API requests from their head to the end of their answer, streams of audit records apart",
      Tag.STATUS),
  LOOP_LAG(
      Buckets.FINE,
      "vestibule.loop.lag",
      "How much later than asked an event loop ran a timer, measured on each loop ten times a second"),
  SWEEP_DURATION(
      Buckets.COARSE,
      "vestibule.sweep.duration",
      "Rounds of a chore over all that is kept, the pauses between its steps apart: overdue attempts closed, suppressed denials written, logs trimmed; failed where any step did",
      Tag.CHORE,
      Tag.RESULT);

  private final List<Duration> buckets;
  private final Spec spec;

  Timing(List<Duration> buckets, String name, String description, Tag... tags) {
    this.buckets = buckets;
    this.spec = Spec.of(name, description, Unit.SECONDS, tags);
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public String type() {
    return "histogram";
  }

  /** The upper bounds, growing; what is longer counts under none of them. */
  public List<Duration> buckets() {
    return buckets;
  }

  /** Apart, since an enum's constants are made before its other fields. */
  private static final class Buckets {
    static final List<Duration> FINE =
        micros(
            10,
            25,
            50,
            100,
            250,
            500,
            1_000,
            2_500,
            5_000,
            10_000,
            25_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000);
    static final List<Duration> COARSE =
        micros(
            50,
            100,
            250,
            500,
            1_000,
            2_500,
            5_000,
            10_000,
            50_000,
            100_000,
            500_000,
            1_000_000,
            5_000_000,
            10_000_000);

    private static List<Duration> micros(long... micros) {
      return LongStream.of(micros).mapToObj(n -> Duration.ofNanos(n * 1_000)).toList();
    }
  }
}
