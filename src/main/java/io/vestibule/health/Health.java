package io.vestibule.health;

import java.time.Instant;
import java.util.List;

/** How the gateway does, as seen at one look. */
public record Health(List<Seen> dependencies) {
  /**
   * One thing.
   *
   * @param since the look that first saw it in this state
   */
  public record Seen(Dependency dependency, Standing standing, Instant since) {
    boolean stopsDoors() {
      return dependency.essential() && standing.state() == State.DOWN;
    }
  }

  public Health {
    dependencies = List.copyOf(dependencies);
  }

  /** Down where no door can be opened; degraded where anything else is not up. */
  public State status() {
    if (dependencies.stream().anyMatch(Seen::stopsDoors)) {
      return State.DOWN;
    }
    return dependencies.stream().allMatch(seen -> seen.standing().state() == State.UP)
        ? State.UP
        : State.DEGRADED;
  }
}
