package io.vestibule.load.soak;

import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.metrics.Metrics;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Started;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.Spending;
import java.nio.file.Path;
import java.time.Duration;

/** A gateway's size right after a collection; in megabytes. */
record Sample(double second, double heap, double direct, double resident, double files) {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final double BYTES_PER_MB = 1e6;
  private static final double MB_PER_MIB = 1.048576;

  /** Collects all garbage of the gateway, which must be one of the run's own. */
  static Sample take(Started started, Target target, double second) throws CannotRun {
    Target.Part gateway = target.processes().get(0);
    String jcmd = Path.of(Product.java()).resolveSibling("jcmd").toString();
    started.finish(
        "collect", new ProcessBuilder(jcmd, Long.toString(gateway.pid()), "GC.run"), LIMIT);
    Exposition metrics = Metrics.look(target.management().orElseThrow());
    return new Sample(
        second,
        metrics.sum("jvm_gc_live_data_size_bytes") / BYTES_PER_MB,
        metrics.sum("vestibule_buffers_size_bytes") / BYTES_PER_MB,
        Spending.residentMib(gateway) * MB_PER_MIB,
        metrics.sum("process_files_open_files"));
  }
}
