package io.vestibule.door;

/** Runs a session's work so that a bug in it ends that session only. */
@FunctionalInterface
interface Guard {
  void run(Runnable work);
}
