package io.vestibule.load.traffic;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vestibule.load.stage.CannotRun;
import java.util.concurrent.TimeUnit;

/**
 * Telemetry of a fleet at a steady rate, door after door, with QoS 0 and 1 in turns. The event loop
 * owns it.
 */
public final class TelemetryStream {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long LOOK_EVERY_MS = 1;

  private final Loop loop;
  private final EventLoop executor;
  private final DoorFleet fleet;
  private final double perSecond;
  private long start;
  private boolean over;
  private long dueCount;
  private long sentCount;
  private long sentQos1Count;

  /**
   * One that is still to begin.
   *
   * @param perSecond 0 for none
   */
  public TelemetryStream(Loop loop, DoorFleet fleet, double perSecond) {
    this.loop = loop;
    this.executor = loop.executor();
    this.fleet = fleet;
    this.perSecond = perSecond;
  }

  /** What was sent; the others met doors that were not connected. */
  public record Sent(long dueCount, long count, long qos1Count) {}

  /** Begins, once. */
  public void begin() {
    executor.execute(
        () -> {
          start = System.nanoTime();
          sendWhatIsDue();
        });
  }

  /** Ends it. */
  public Sent end() throws CannotRun {
    return loop.call(
        () -> {
          over = true;
          return new Sent(dueCount, sentCount, sentQos1Count);
        });
  }

  private void sendWhatIsDue() {
    if (over) {
      return;
    }
    double due = (System.nanoTime() - start) / NANOS_PER_SECOND * perSecond;
    for (; dueCount < due; dueCount++) {
      send();
    }
    executor.schedule(this::sendWhatIsDue, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** A door sends both kinds, one in each round over all doors. */
  private void send() {
    int door = (int) (dueCount % fleet.size());
    boolean qos1 = (dueCount + dueCount / fleet.size()) % 2 == 1;
    MqttQoS qos = qos1 ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
    if (fleet.publish(door, "telemetry", qos, payload(dueCount))) {
      sentCount++;
      sentQos1Count += qos1 ? 1 : 0;
    }
  }

  private static String payload(long number) {
    return "{\"at\":"
        + System.currentTimeMillis()
        + ",\"battery\":"
        + (40 + number % 60)
        + ",\"rssi\":"
        + (-50 - number % 40)
        + ",\"temperature\":"
        + number % 30
        + ",\"uptime\":"
        + number
        + ",\"contact\":\"closed\"}";
  }
}
