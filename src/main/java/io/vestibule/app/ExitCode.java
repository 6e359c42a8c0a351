package io.vestibule.app;

/** How the process ends; numbers that scripts and service managers know (sysexits.h). */
final class ExitCode {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int CONFIGURATION = 78;

  private ExitCode() {}
}
