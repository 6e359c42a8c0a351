package io.vestibule.load.traffic;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.Target;
import java.time.Duration;

/** What is driven, a city in it, its doors, and the connections that requests come by. */
public final class Site implements AutoCloseable {
  private final Target target;
  private final Callers callers;
  private final DoorFleet fleet;
  private final Traffic traffic;

  private Site(Target target, Callers callers, DoorFleet fleet, Traffic traffic) {
    this.target = target;
    this.callers = callers;
    this.fleet = fleet;
    this.traffic = traffic;
  }

  /** The city is written, and no door connected, when it returns. */
  public static Site open(Loop loop, Target target, City city, Progress progress) throws CannotRun {
    Callers callers = Callers.connect(loop, target);
    new Provisioning(city, target.operatorToken(), new Bulk(loop, callers), progress).run();
    DoorFleet fleet = DoorFleet.make(loop, target, city.size().doors(), progress);
    return new Site(target, callers, fleet, new Traffic(loop, callers, city, fleet.absences()));
  }

  /** The same, and all doors take commands. */
  public static Site openWithDoors(Loop loop, Target target, City city, Progress progress)
      throws CannotRun {
    Site site = open(loop, target, city, progress);
    try {
      site.fleet.connect();
      return site;
    } catch (CannotRun e) {
      site.closeAfter(e);
      throw e;
    }
  }

  private void closeAfter(CannotRun failure) {
    try {
      close();
    } catch (CannotRun e) {
      failure.addSuppressed(e);
    }
  }

  public Target target() {
    return target;
  }

  public DoorFleet fleet() {
    return fleet;
  }

  public Traffic traffic() {
    return traffic;
  }

  /** Requests that do not count. */
  public void warmUp(Duration length, double perSecond) throws CannotRun {
    traffic.run(Traffic.Phase.steady(length, perSecond, 0));
  }

  /** The connections end; what is driven does not. */
  @Override
  public void close() throws CannotRun {
    try (callers) {
      fleet.close();
    }
  }
}
