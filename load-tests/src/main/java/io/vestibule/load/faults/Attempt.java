package io.vestibule.load.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One visit of a courier: the same bytes, sent until the answer is an end. */
final class Attempt {
  private final int door;
  private final Grant grant;
  private final byte[] request;
  private final long startedNanos;
  private final List<Answer> answers = new ArrayList<>();

  Attempt(int door, Grant grant, byte[] request, long startedNanos) {
    this.door = door;
    this.grant = grant;
    this.request = request;
    this.startedNanos = startedNanos;
  }

  int door() {
    return door;
  }

  Grant grant() {
    return grant;
  }

  byte[] request() {
    return request;
  }

  long startedNanos() {
    return startedNanos;
  }

  synchronized void heard(Answer answer) {
    answers.add(answer);
  }

  /** In the order in which they came. */
  synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** As any answer told it. */
  Optional<String> unlock() {
    return answers().stream().flatMap(answer -> answer.unlock().stream()).findFirst();
  }

  /** Whether what is on record of it was told. */
  boolean told() {
    return answers().stream().anyMatch(answer -> answer.closing().isPresent());
  }

  /** When the first fresh answer came that says that the door opened; empty if none did. */
  Optional<Long> openedNanos() {
    return answers().stream()
        .filter(answer -> answer.opened() && !answer.replayed())
        .map(Answer::atNanos)
        .findFirst();
  }

  /** Whether the courier was in within that time, by whichever try. */
  boolean openedWithin(Duration time) {
    return openedNanos().filter(at -> at - startedNanos <= time.toNanos()).isPresent();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("request for " + grant.door() + " by " + grant.id());
    unlock().ifPresent(id -> text.append(", unlock ").append(id));
    text.append(", answers");
    for (Answer answer : answers()) {
      text.append(' ').append(answer.outcome()).append(answer.replayed() ? " (replayed)" : "");
    }
    return text.toString();
  }
}
