package io.vestibule.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the JVM and libraries measure of themselves, as far as it is shown. Their labels' values are
 * the JVM's or ours; whatever else a library measures, under labels that strangers may write, is
 * left out.
 */
public enum Borrowed {
  MEMORY_USED(
      "jvm.memory.used", "jvm_memory_used_bytes", Kind.GAUGE, "Memory in use", "area", "id"),
  MEMORY_COMMITTED(
      "jvm.memory.committed",
      "jvm_memory_committed_bytes",
      Kind.GAUGE,
      "Memory that the system has given",
      "area",
      "id"),
  MEMORY_MAX(
      "jvm.memory.max",
      "jvm_memory_max_bytes",
      Kind.GAUGE,
      "Memory that may be used, -1 without a bound",
      "area",
      "id"),
  BUFFER_COUNT(
      "jvm.buffer.count", "jvm_buffer_count_buffers", Kind.GAUGE, "Buffers outside the heap", "id"),
  BUFFER_USED(
      "jvm.buffer.memory.used",
      "jvm_buffer_memory_used_bytes",
      Kind.GAUGE,
      "Buffers outside the heap that the JVM knows of; from JDK 25 on not those of connections",
      "id"),
  BUFFER_CAPACITY(
      "jvm.buffer.total.capacity",
      "jvm_buffer_total_capacity_bytes",
      Kind.GAUGE,
      "What those buffers hold together",
      "id"),
  GC_PAUSE(
      "jvm.gc.pause",
      "jvm_gc_pause_seconds",
      Kind.SUMMARY,
      "Pauses of the garbage collector; there from the first on",
      "action",
      "cause",
      "gc"),
  GC_CONCURRENT(
      "jvm.gc.concurrent.phase.time",
      "jvm_gc_concurrent_phase_time_seconds",
      Kind.SUMMARY,
      "Work of the garbage collector beside the threads; there from the first on",
      "action",
      "cause",
      "gc"),
  GC_ALLOCATED(
      "jvm.gc.memory.allocated",
      "jvm_gc_memory_allocated_bytes_total",
      Kind.COUNTER,
      "Growth of the young generation between collections"),
  GC_PROMOTED(
      "jvm.gc.memory.promoted",
      "jvm_gc_memory_promoted_bytes_total",
      Kind.COUNTER,
      "Growth of the old generation by collections"),
  GC_LIVE(
      "jvm.gc.live.data.size",
      "jvm_gc_live_data_size_bytes",
      Kind.GAUGE,
      "Old generation after the last collection of it"),
  GC_MAX(
      "jvm.gc.max.data.size",
      "jvm_gc_max_data_size_bytes",
      Kind.GAUGE,
      "Bound of the old generation"),
  THREADS_LIVE("jvm.threads.live", "jvm_threads_live_threads", Kind.GAUGE, "Threads"),
  THREADS_DAEMON(
      "jvm.threads.daemon", "jvm_threads_daemon_threads", Kind.GAUGE, "Daemon threads among them"),
  THREADS_PEAK(
      "jvm.threads.peak", "jvm_threads_peak_threads", Kind.GAUGE, "The most threads there were"),
  THREADS_STARTED(
      "jvm.threads.started",
      "jvm_threads_started_threads_total",
      Kind.COUNTER,
      "Threads ever started"),
  THREADS_STATES(
      "jvm.threads.states", "jvm_threads_states_threads", Kind.GAUGE, "Threads by state", "state"),
  SYSTEM_CPU_COUNT("system.cpu.count", "system_cpu_count", Kind.GAUGE, "Processors"),
  SYSTEM_CPU_USAGE(
      "system.cpu.usage", "system_cpu_usage", Kind.GAUGE, "Processors' share in use, 0 to 1"),
  SYSTEM_LOAD(
      "system.load.average.1m", "system_load_average_1m", Kind.GAUGE, "Load of the last minute"),
  PROCESS_CPU_USAGE(
      "process.cpu.usage",
      "process_cpu_usage",
      Kind.GAUGE,
      "This process' share of the processors, 0 to 1"),
  PROCESS_CPU_TIME(
      "process.cpu.time",
      "process_cpu_time_ns_total",
      Kind.COUNTER,
      "Processor time that this process has used, in nanoseconds"),
  PROCESS_UPTIME(
      "process.uptime", "process_uptime_seconds", Kind.GAUGE, "How long this process has run"),
  PROCESS_START(
      "process.start.time",
      "process_start_time_seconds",
      Kind.GAUGE,
      "When this process started, as Unix time"),
  FILES_OPEN(
      "process.files.open", "process_files_open_files", Kind.GAUGE, "Files and sockets open"),
  FILES_MAX(
      "process.files.max",
      "process_files_max_files",
      Kind.GAUGE,
      "Files and sockets that may be open"),
  LOG_EVENTS("logback.events", "logback_events_total", Kind.COUNTER, "Log lines by level", "level"),
  POOL_PENDING(
      "vertx.pool.queue.pending",
      "vertx_pool_queue_pending",
      Kind.GAUGE,
      "Work that waits for a thread of a worker pool: door secrets, files, scrapes",
      "pool_name",
      "pool_type"),
  POOL_WAIT(
      "vertx.pool.queue.time",
      "vertx_pool_queue_time_seconds",
      Kind.SUMMARY,
      "How long it waited",
      "pool_name",
      "pool_type"),
  POOL_IN_USE(
      "vertx.pool.in.use",
      "vertx_pool_in_use",
      Kind.GAUGE,
      "Threads of a worker pool at work",
      "pool_name",
      "pool_type"),
  POOL_USAGE(
      "vertx.pool.usage",
      "vertx_pool_usage_seconds",
      Kind.SUMMARY,
      "How long they worked",
      "pool_name",
      "pool_type");

  /** As Prometheus has it. */
  private enum Kind {
    COUNTER,
    GAUGE,
    SUMMARY
  }

  /**
   * The one type of pool that is of the gateway's own making: others are libraries' connections.
   */
  private static final String POOL_TYPE = "pool_type";

  private static final String WORKER = "worker";

  private static final Set<String> SHOWN =
      Stream.concat(
              Catalogue.all().stream().map(metric -> metric.spec().name()),
              Arrays.stream(values()).map(borrowed -> borrowed.meter))
          .collect(Collectors.toUnmodifiableSet());

  private final String meter;
  private final String prometheusName;
  private final Kind kind;
  private final String description;
  private final List<String> labels;

  Borrowed(String meter, String prometheusName, Kind kind, String description, String... labels) {
    this.meter = meter;
    this.prometheusName = prometheusName;
    this.kind = kind;
    this.description = description;
    this.labels = List.of(labels);
  }

  /** Lets in what is in the catalogue or here, and nothing else. */
  public static MeterFilter shown() {
    return MeterFilter.denyUnless(Borrowed::shown);
  }

  /** Its name in a scrape; a summary's series have {@code _sum} and {@code _count}. */
  public String prometheusName() {
    return prometheusName;
  }

  /** The word that Prometheus has for its kind. */
  public String type() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  public List<String> labels() {
    return labels;
  }

  public String description() {
    return description;
  }

  private static boolean shown(Meter.Id id) {
    String pool = id.getTag(POOL_TYPE);
    return SHOWN.contains(id.getName()) && (pool == null || pool.equals(WORKER));
  }
}
