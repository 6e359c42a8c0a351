package io.vestibule.load.stage;

import java.util.Optional;

/** What scenarios put load on that neither end it nor start it again. */
public final class Targets {
  private Targets() {}

  /** The one given, or a gateway that the run starts; either is ready for so many doors. */
  public static Target givenOrAlone(Stage stage, Optional<Target> given, int doorCount)
      throws CannotRun {
    return given.isPresent()
        ? given(stage, given.get(), doorCount)
        : Stack.alone(stage, doorCount).target();
  }

  /** Looks whether it can be reached, and has the report name its processes. */
  public static Target given(Stage stage, Target target, int doorCount) throws CannotRun {
    Descriptors.demandFor(doorCount, Descriptors.max());
    Reach.check(target, doorCount);
    target.processes().forEach(stage.started()::given);
    return target;
  }
}
