package io.vestibule.load;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Numbers that a scenario takes as options, and that are smaller in a quick run. */
record Sizes(@Nullable CommandSpec spec, boolean quick) {
  /** What it is where none is given, and between which it must be. */
  record Size(int full, int quick, int min, int max) {}

  int of(String name, @Nullable Integer given, Size size) {
    int chosen = given == null ? (quick ? size.quick() : size.full()) : given;
    if (chosen < size.min() || chosen > size.max()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          name + " must be from " + size.min() + " to " + size.max() + ", not " + chosen);
    }
    return chosen;
  }
}
