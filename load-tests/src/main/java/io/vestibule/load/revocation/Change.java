package io.vestibule.load.revocation;

import io.vestibule.load.wire.Operator;
import java.util.List;
import java.util.Optional;

/**
 * One thing taken back: the call that does it, the call that puts it right again where that can be,
 * and where it is to be felt.
 */
record Change(Kind kind, Operator.Call apply, Optional<Operator.Call> undo, List<Target> targets) {
  /** Requests that a node answers alike until the change, and refuses after it. */
  record Target(int node, String door, String grant, String accepted) {}
}
