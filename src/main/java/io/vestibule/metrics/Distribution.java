package io.vestibule.metrics;

import java.util.List;
import java.util.stream.DoubleStream;

/** What is measured of the fleet: a histogram of what doors tell, never one series a door. */
public enum Distribution implements Metric {
  DOOR_BATTERY(
      "vestibule.door.battery",
      "Battery of doors by their telemetry, from each connection one observation in 10 s at most, and none in its first 10 s",
      Unit.PERCENT,
      5,
      10,
      15,
      20,
      30,
      40,
      50,
      60,
      70,
      80,
      90,
      100),
  DOOR_SIGNAL_LOSS(
      "vestibule.door.signal.loss",
      "Signal of doors by their telemetry as its loss below 0 dBm, from each connection one observation in 10 s at most, and none in its first 10 s: 90 is an rssi of -90 dBm, and more is worse",
      Unit.DECIBELS,
      30,
      40,
      50,
      60,
      67,
      70,
      75,
      80,
      85,
      90,
      95,
      100,
      110,
      120);

  private final Spec spec;
  private final List<Double> buckets;

  Distribution(String name, String description, Unit unit, double... buckets) {
    this.spec = Spec.of(name, description, unit);
    this.buckets = DoubleStream.of(buckets).boxed().toList();
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public String type() {
    return "histogram";
  }

  /** The upper bounds, growing. */
  public List<Double> buckets() {
    return buckets;
  }
}
