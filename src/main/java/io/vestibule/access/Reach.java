package io.vestibule.access;

/**
 * How far a building's rules let a request through. Declared from nowhere to all the way: of
 * several rules, the one that reaches furthest decides.
 */
enum Reach {
  NOT_ADMITTED(Decision.denied(Reason.CARRIER_NOT_ADMITTED)),
  SCREENING_LAPSED(Decision.denied(Reason.SCREENING_LAPSED)),
  OUTSIDE_HOURS(Decision.denied(Reason.OUTSIDE_HOURS)),
  TOO_FAR(Decision.denied(Reason.TOO_FAR)),
  LET_IN_WITH_PARCEL(Decision.granted(true)),
  LET_IN(Decision.granted(false));

  private final Decision decision;

  Reach(Decision decision) {
    this.decision = decision;
  }

  Decision decision() {
    return decision;
  }

  Reach orFurther(Reach other) {
    return other.compareTo(this) > 0 ? other : this;
  }
}
