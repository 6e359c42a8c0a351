package io.vestibule.load.stage;

import io.vestibule.load.report.Result;

/** A question about the gateway, answered in figures. */
public interface Scenario {
  /** All of it, or none: a run that was cut short answers nothing. */
  Result run(Stage stage) throws CannotRun;
}
