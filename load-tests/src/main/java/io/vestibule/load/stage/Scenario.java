package io.vestibule.load.stage;

import io.vestibule.load.report.Figure;
import java.util.List;

/** A question about the gateway, answered in figures. */
public interface Scenario {
  /** All of its figures, or none: a run that was cut short answers nothing. */
  List<Figure> run(Stage stage) throws CannotRun;
}
