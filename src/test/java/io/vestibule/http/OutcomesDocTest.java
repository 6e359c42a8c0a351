package io.vestibule.http;

import io.vestibule.access.Reason;
import io.vestibule.testing.GeneratedDoc;
import org.junit.jupiter.api.Test;

/** docs/OUTCOMES.md says what the code does. */
final class OutcomesDocTest {
  @Test
  void outcomes_areDocumented_inTheirOrder() throws Exception {
    StringBuilder doc = new StringBuilder(HEAD);
    int place = 1;
    for (Reason reason : Reason.values()) {
      doc.append(
          "| %d | `%s` | %d | %s | %s |%n"
              .formatted(
                  place++,
                  reason.code(),
                  ReasonStatus.of(reason),
                  trace(reason),
                  ReasonStatus.detail(reason)));
    }
    GeneratedDoc.check("docs/OUTCOMES.md", doc.toString());
  }

  /** What a refusal leaves behind, by where on the path it stands. */
  private static String trace(Reason reason) {
    return switch (reason) {
      case DOOR_REFUSED -> "attempt `refused`, visit given back";
      case DOOR_TIMED_OUT -> "attempt `unknown`, visit stays counted";
      case LOCKDOWN, DOOR_OFFLINE, OVERLOADED, STORE_UNAVAILABLE ->
          "none; after a claim, attempt `refused`, visit given back";
      case REPLAYED ->
          "none; after a claim in another building, attempt `refused`, visit given back";
      default -> "none";
    };
  }

  private static final String HEAD =
      """
      # Outcomes

      What can become of an unlock. It opened, or there is one reason why not: the first of these that applies. The code is
      the same in the HTTP answer (`reason`), in the door's `response`, in an attempt's record and in the metrics.

      `opened` is answered with 200 once the door itself says so. The same bytes sent again get the outcome of the attempt on
      record, with the header `Idempotent-Replayed: true`; an attempt is on record once a visit was claimed for it.

      A request with a good signature that is refused at a known door, and is no such retry, is in the building's audit log as
      `vestibule.unlock.denied` before it is answered: the first 60 of each minute. The others of that minute are counted in
      one `vestibule.unlock.suppressed`. `store_unavailable` leaves neither, for there is nothing to write to.

      | | reason | status | leaves on record | means |
      | --- | --- | --- | --- | --- |
      """;
}
