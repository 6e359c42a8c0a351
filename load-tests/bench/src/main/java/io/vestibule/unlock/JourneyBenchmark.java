package io.vestibule.unlock;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vestibule.access.DoorId;
import io.vestibule.access.Reason;
import io.vestibule.config.TracingConfig;
import io.vestibule.metrics.Exemplars;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import io.vestibule.tracing.OtlpTracing;
import io.vestibule.tracing.Tracing;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does it cost to count and time one unlock with all its stages: with tracing off, and on for
 * a request that is not traced?
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@BenchmarkMode(Mode.AverageTime)
public class JourneyBenchmark {
  @Param({"OFF", "NOT_SAMPLED"})
  public Traced traced;

  private UnlockMeter meter;
  private Submission submission;
  private Answer answer;

  /** Whether traces are made at all. */
  public enum Traced {
    OFF,
    NOT_SAMPLED
  }

  @Setup
  public void begin() {
    PrometheusMeterRegistry registry =
        traced == Traced.OFF
            ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)
            : Exemplars.registry();
    Meters meters = new Meters(registry);
    Tracing tracing =
        traced == Traced.OFF
            ? Tracing.off()
            : OtlpTracing.start(
                new TracingConfig("http://127.0.0.1:4318/v1/traces", 0),
                "bench",
                new OtlpTracing.Parts(meters, Time.system()));
    meter = new UnlockMeter(meters, tracing, Time.system());
    submission = new Submission(Edge.HTTP, Optional.of(new DoorId("front")), Buffer.buffer());
    answer = Answer.Denied.of(Reason.LOCKDOWN, Optional.empty());
  }

  @Benchmark
  public Object countAndTime() {
    Journey journey = meter.begin(submission);
    journey.enter(Stage.VERIFY);
    journey.enter(Stage.DECIDE);
    journey.leave();
    journey.enter(Stage.CLAIM);
    journey.leave();
    journey.enter(Stage.COMMAND);
    journey.enter(Stage.ACK);
    journey.enter(Stage.OUTCOME);
    journey.answered(answer);
    return journey;
  }
}
