package io.vestibule.simulation;

import io.vestibule.command.Doors;
import io.vestibule.grant.Claims;
import io.vestibule.store.Script;
import io.vestibule.time.Time;

/** What runs: as it is, or broken in one place on purpose. */
interface Variant {
  /** As it is. */
  Variant NONE = new Variant() {};

  default Claims claims(Claims real, World world) {
    return real;
  }

  default Doors doors(Doors real) {
    return real;
  }

  /** The clock by which a sweep takes an attempt for overdue. */
  default Time sweepsBy(Time real) {
    return real;
  }

  /** Whether its gateways are told that a lockdown began. */
  default boolean hearsOfLockdowns() {
    return true;
  }

  default Script script(Script real) {
    return real;
  }
}
