package io.vestibule.access;

/**
 * Under which circumstances an admission lets couriers in.
 *
 * @param maxMeters infinite where no distance is set
 */
record Rule(OpenHours hours, boolean requireParcel, boolean requireScreening, double maxMeters) {

  static Rule of(OpenHours hours, Admission.Conditions conditions) {
    return new Rule(
        hours,
        conditions.requireParcel(),
        conditions.requireScreening(),
        conditions.maxDistanceMeters().orElse(Double.POSITIVE_INFINITY));
  }

  /** How far the furthest of the rules reaches. */
  static Reach furthest(Rule[] rules, Circumstances circumstances) {
    Reach furthest = Reach.NOT_ADMITTED;
    for (Rule rule : rules) {
      furthest = furthest.orFurther(rule.reach(circumstances));
    }
    return furthest;
  }

  private Reach reach(Circumstances circumstances) {
    if (requireScreening && !circumstances.screened()) {
      return Reach.SCREENING_LAPSED;
    }
    if (!hours.openAt(circumstances.weekMinute())) {
      return Reach.OUTSIDE_HOURS;
    }
    if (!(circumstances.meters() <= maxMeters)) {
      return Reach.TOO_FAR;
    }
    return requireParcel ? Reach.LET_IN_WITH_PARCEL : Reach.LET_IN;
  }
}
