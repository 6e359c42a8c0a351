package io.vestibule.load;

/** How a run of the command line ends. */
final class ExitCode {
  static final int OK = 0;
  static final int MISSED = 1;
  static final int USAGE = 2;
  static final int CANNOT_RUN = 3;

  private ExitCode() {}
}
