package io.vestibule.load.unlock;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.traffic.Site;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.Traffic;
import java.time.Duration;

/**
 * One target that is put under load at one rate after the other. No phase has the arrivals of
 * another; the first phase of two targets has the same, and so on.
 */
final class Driven {
  private final String name;
  private final Drive drive;
  private final Progress progress;
  private long lastSeed;

  /** Puts one phase on it. */
  interface Drive {
    Stretch run(Traffic.Phase phase) throws CannotRun;
  }

  Driven(String name, Drive drive, Progress progress) {
    this.name = name;
    this.drive = drive;
    this.progress = progress;
  }

  static Driven on(Site site, Progress progress) {
    return new Driven(site.target().name(), phase -> Stretch.run(site, phase), progress);
  }

  String name() {
    return name;
  }

  Stretch run(double rate, Duration length) throws CannotRun {
    return drive.run(Traffic.Phase.steady(length, rate, ++lastSeed));
  }

  /** Of this target. */
  void say(String what) {
    progress.say(name + what);
  }
}
