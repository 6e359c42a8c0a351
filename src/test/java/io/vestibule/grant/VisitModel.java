package io.vestibule.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Visits told plainly: each is kept with its attempts, and uses are counted from scratch. */
final class VisitModel {
  /** One visit: how many of its attempts are in flight, and when it first opened. */
  static final class Visit {
    private int inFlightCount;
    private Optional<Instant> openedAt = Optional.empty();

    private boolean used() {
      return inFlightCount > 0 || openedAt.isPresent();
    }
  }

  private final int usesMax;
  private final Duration grace;
  private final List<Visit> visits = new ArrayList<>();

  VisitModel(int usesMax, Duration grace) {
    this.usesMax = usesMax;
    this.grace = grace;
  }

  int usedCount() {
    return (int) visits.stream().filter(Visit::used).count();
  }

  /** The visit that the attempt belongs to; empty when the uses are up. */
  Optional<Visit> claim(Instant at) {
    if (!grace.isZero() && !visits.isEmpty()) {
      Visit latest = visits.get(visits.size() - 1);
      boolean joins =
          latest.openedAt.isPresent()
              ? at.isBefore(latest.openedAt.get().plus(grace))
              : latest.inFlightCount > 0;
      if (joins) {
        latest.inFlightCount++;
        return Optional.of(latest);
      }
    }
    if (usedCount() >= usesMax) {
      return Optional.empty();
    }
    Visit visit = new Visit();
    visit.inFlightCount = 1;
    visits.add(visit);
    return Optional.of(visit);
  }

  void close(Visit visit, Attempt attempt, Outcome outcome) {
    visit.inFlightCount--;
    Optional<Instant> opened =
        outcome.match(
            door -> Optional.of(door.at()),
            refused -> Optional.empty(),
            unknown -> Optional.of(attempt.claimedAt()));
    opened.ifPresent(
        at -> visit.openedAt = Optional.of(visit.openedAt.filter(at::isAfter).orElse(at)));
  }
}
