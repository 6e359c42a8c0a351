package io.vestibule.door;

import io.vestibule.audit.RecordType;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Distribution;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Stopwatch;
import io.vestibule.metrics.Tally;
import io.vestibule.metrics.Timing;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the door edge counts, each series looked up once. */
@AnyThread
final class DoorMeters {
  private record Dropped(DoorTopics.Inbound topic, DropCause cause) {}

  private final Meters meters;
  private final Map<LineKind, Tally> connects;
  private final Map<RefusalCause, Tally> refusals;
  private final Map<EndingCause, Tally> endings;
  private final Map<Handshake, Stopwatch> handshakes;
  private final Map<RecordType, Tally> events;
  private final Map<Dropped, Tally> drops;
  private final Tally telemetry;
  private final Tally commands;

  DoorMeters(Meters meters) {
    this.meters = meters;
    connects =
        each(
            List.of(LineKind.values()),
            kind -> meters.tally(Count.DOOR_CONNECTS, kind.protocol(), kind.transport()));
    refusals =
        each(
            List.of(RefusalCause.values()),
            cause -> meters.tally(Count.DOOR_CONNECTS_REFUSED, cause.code()));
    endings =
        each(
            List.of(EndingCause.values()),
            cause -> meters.tally(Count.DOOR_DISCONNECTS, cause.code()));
    handshakes =
        each(
            List.of(Handshake.values()),
            kind -> meters.stopwatch(Timing.DOOR_HANDSHAKE_DURATION, kind.code()));
    events =
        each(
            DoorPayloads.eventTypes(),
            type -> meters.tally(Count.DOOR_EVENTS, DoorPayloads.word(type)));
    drops =
        each(
            dropped(),
            drop ->
                meters.tally(
                    Count.DOOR_PAYLOADS_DROPPED, drop.topic().code(), drop.cause().code()));
    telemetry = meters.tally(Count.DOOR_TELEMETRY);
    commands = meters.tally(Count.COMMANDS_SENT);
  }

  /** {@code connectionsMax} are taken at once, by the doors connected among them. */
  void gauges(DoorRegistry registry, int connectionsMax) {
    for (LineKind kind : LineKind.values()) {
      meters.gauge(
          Gauge.DOORS_CONNECTED, () -> registry.count(kind), kind.protocol(), kind.transport());
    }
    meters.gauge(Gauge.DOORS_CONNECTED_MAX, () -> connectionsMax);
  }

  /** {@code certificate} is a value of {@link io.vestibule.metrics.Tag#CERTIFICATE}. */
  void expiry(String certificate, Instant at) {
    meters.gauge(Gauge.CERTIFICATE_EXPIRY, at::getEpochSecond, certificate);
  }

  /** A door came in; {@link #ended} follows. */
  void connected(LineKind kind) {
    add(connects, kind);
  }

  /** A connection is closed over which no door came in. */
  void refused(RefusalCause cause) {
    add(refusals, cause);
  }

  void ended(EndingCause cause) {
    add(endings, cause);
  }

  void shookHands(Handshake how, long nanos) {
    Objects.requireNonNull(handshakes.get(how)).record(nanos);
  }

  void stored(RecordType event) {
    add(events, event);
  }

  void dropped(DoorTopics.Inbound topic, DropCause cause) {
    add(drops, new Dropped(topic, cause));
  }

  void telemetry() {
    telemetry.add();
  }

  void commanded() {
    commands.add();
  }

  void battery(double percent) {
    meters.observed(Distribution.DOOR_BATTERY, percent);
  }

  /** A door may be so near that it gains. */
  void signal(double rssiDbm) {
    meters.observed(Distribution.DOOR_SIGNAL_LOSS, Math.max(0, -rssiDbm));
  }

  private static <K> void add(Map<K, Tally> tallies, K key) {
    Objects.requireNonNull(tallies.get(key), key::toString).add();
  }

  private static <K, V> Map<K, V> each(List<K> keys, Function<K, V> series) {
    return keys.stream().collect(Collectors.toUnmodifiableMap(key -> key, series));
  }

  /** Requests are answered and never dropped. */
  private static List<Dropped> dropped() {
    return Arrays.stream(DoorTopics.Inbound.values())
        .filter(topic -> topic != DoorTopics.Inbound.REQUEST)
        .flatMap(topic -> Arrays.stream(DropCause.values()).map(cause -> new Dropped(topic, cause)))
        .toList();
  }
}
