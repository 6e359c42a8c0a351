package io.vestibule.door;

import io.vestibule.concurrent.LoopConfined;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Optional;

/**
 * When a door that is asked to leave may: once nothing is under way over its connection, and at the
 * latest when what was under way as it was first asked is over. What came since keeps nobody.
 */
@LoopConfined
final class Departure {
  /** From a courier's request to its response, if all goes slowly. */
  private static final Duration REQUEST_WAIT = Duration.ofSeconds(8);

  private final PendingCommands commands;
  private final RequestIntake requests;
  private final Time time;
  private Optional<Deadline> latest = Optional.empty();

  Departure(PendingCommands commands, RequestIntake requests, Time time) {
    this.commands = commands;
    this.requests = requests;
    this.time = time;
  }

  /** Whether the door may leave now; to be asked again where it may not. */
  boolean due() {
    if (!commands.underway() && !requests.underway()) {
      return true;
    }
    Deadline end = latest.orElseGet(() -> time.deadlineIn(patience()));
    latest = Optional.of(end);
    return end.passed();
  }

  private Duration patience() {
    Duration left = commands.left();
    return requests.underway() && left.compareTo(REQUEST_WAIT) < 0 ? REQUEST_WAIT : left;
  }
}
