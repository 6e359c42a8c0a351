package io.vestibule.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vestibule.access.Reason;
import io.vestibule.json.Fault;
import io.vestibule.json.Faults;
import io.vestibule.json.Json;

/** Ends a request's handling with a problem; without a stack trace, as it is no bug. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Refusal(Problem problem) {
    super(problem.reason(), null, false, false);
    this.problem = problem;
  }

  static Refusal of(ApiReason reason, String detail) {
    return new Refusal(Problem.of(reason, detail));
  }

  static Refusal notFound(String what) {
    return of(ApiReason.NOT_FOUND, "There is no such " + what + ".");
  }

  static Refusal malformed(String detail) {
    return new Refusal(malformedProblem(detail));
  }

  /** Names each fault of the body by its JSON pointer. */
  static Refusal malformed(Faults faults) {
    ArrayNode errors = Json.object().arrayNode();
    for (Fault fault : faults.list()) {
      errors.addObject().put("pointer", fault.pointer()).put("detail", fault.detail());
    }
    return new Refusal(malformedProblem("The body has faults.").with("errors", errors));
  }

  Problem problem() {
    return problem;
  }

  private static Problem malformedProblem(String detail) {
    return Problem.of(Reason.MALFORMED, detail, java.time.Duration.ZERO);
  }
}
