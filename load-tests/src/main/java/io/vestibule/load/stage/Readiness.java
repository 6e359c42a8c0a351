package io.vestibule.load.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How a program shows, in what it says, that it serves.
 *
 * @param line or a part of one
 * @param limit how long it may take
 */
record Readiness(String program, Pattern line, Duration limit) {
  /** Another process may take a free port between the look and the start. */
  private static final int STARTS_MAX = 5;

  /** A start, and what there is once it serves. */
  record Begun<T>(Started.Running running, T served) {}

  /** Starts it, for the first time or again. */
  interface Start<T> {
    Begun<T> begin(int attempt) throws CannotRun;
  }

  /** It serves when it returns: one that ends before is started again, up to five times in all. */
  <T> T start(Start<T> start) throws CannotRun {
    for (int attempt = 1; ; attempt++) {
      Begun<T> begun = start.begin(attempt);
      if (ready(begun.running()).isPresent()) {
        return begun.served();
      }
      if (begun.running().process().isAlive() || attempt == STARTS_MAX) {
        throw notReady(begun.running());
      }
    }
  }

  /** Waits until it serves, and gives the line. */
  MatchResult await(Started.Running running) throws CannotRun {
    return ready(running).orElseThrow(() -> notReady(running));
  }

  private Optional<MatchResult> ready(Started.Running running) throws CannotRun {
    Waiting.until(limit, () -> !running.process().isAlive() || said(running).isPresent());
    return running.process().isAlive() ? said(running) : Optional.empty();
  }

  private Optional<MatchResult> said(Started.Running running) {
    try {
      return line.matcher(Files.readString(running.log())).results().findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private CannotRun notReady(Started.Running running) {
    String how =
        running.process().isAlive()
            ? "is not ready within " + limit.toSeconds() + " s"
            : "ended before it was ready";
    return new CannotRun("%s %s: %s".formatted(program, how, running.tail()));
  }
}
