package io.vestibule.load.stage;

import io.vestibule.load.report.Result;
import java.time.Duration;

/** A question about the gateway, answered in figures. */
public interface Scenario {
  /** All of it, or none: a run that was cut short answers nothing. */
  Result run(Stage stage) throws CannotRun;

  /** The longest that it may take, with all that it builds: past it the run is ended. */
  default Duration limit() {
    return Duration.ofMinutes(45);
  }
}
