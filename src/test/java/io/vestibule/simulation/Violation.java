package io.vestibule.simulation;

/** Something that must never be, with what came before it. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String what;

  Violation(World world, String what) {
    super(what + "\n" + world.trace);
    this.what = what;
  }

  /** In one line. */
  String what() {
    return what;
  }
}
