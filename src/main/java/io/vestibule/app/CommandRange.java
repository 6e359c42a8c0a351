package io.vestibule.app;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses a number out of its bounds as wrong usage. */
final class CommandRange {
  private CommandRange() {}

  static void check(@Nullable CommandSpec spec, String option, int value, int max) {
    if (value < 1 || value > max) {
      throw wrong(spec, option + " must be from 1 to " + max + ", not " + value);
    }
  }

  static ParameterException wrong(@Nullable CommandSpec spec, String reason) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), reason);
  }
}
