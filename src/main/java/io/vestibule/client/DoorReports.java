package io.vestibule.client;

import io.vertx.core.buffer.Buffer;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.json.Json;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** What a door tells without being asked: events, numbered since its boot, and telemetry. */
@LoopConfined
final class DoorReports {
  private static final int BATTERY_LOW_PERCENT = 20;

  private final Time time;
  private final DoorLine line;
  private final String boot;
  private final Instant bootedAt;
  private final int batteryPercent;
  private long seq;

  DoorReports(Time time, DoorLine line, String boot) {
    this.time = time;
    this.line = line;
    this.boot = boot;
    this.bootedAt = time.now();
    this.batteryPercent = ThreadLocalRandom.current().nextInt(BATTERY_LOW_PERCENT, 101);
  }

  /** Kept until the gateway has it; dropped when too many are kept, which the gap in seq shows. */
  void event(String type) {
    seq++;
    line.report(
        "event",
        Buffer.buffer(
            Json.write(
                Json.object()
                    .put("type", type)
                    .put("at", time.now().toEpochMilli())
                    .put("boot", boot)
                    .put("seq", seq))));
  }

  void telemetry(boolean open) {
    Instant now = time.now();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    line.mention(
        "telemetry",
        Buffer.buffer(
            Json.write(
                Json.object()
                    .put("at", now.toEpochMilli())
                    .put("battery", batteryPercent)
                    .put("rssi", -40 - random.nextInt(40))
                    .put("temperature", 15 + random.nextInt(10))
                    .put("uptime", Duration.between(bootedAt, now).toSeconds())
                    .put("contact", open ? "open" : "closed"))));
  }
}
