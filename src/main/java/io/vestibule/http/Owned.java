package io.vestibule.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.directory.Registry;

/** Turns what became of a write to the registry into an answer. */
final class Owned {
  private Owned() {}

  /**
   * 201 or 200 with the document. Another's entry does not exist for a tenant; an operator, who
   * named an owner, is told of the conflict.
   */
  static Reply written(Registry.Written written, Caller caller, String what, ObjectNode document) {
    return switch (written) {
      case CREATED -> Reply.json(201, document);
      case REPLACED, SECRET_CHANGED -> Reply.json(200, document);
      case FOREIGN -> throw foreign(caller, what);
      case UNKNOWN_BUILDING -> throw Refusal.notFound("building");
      case CONFLICT ->
          throw Refusal.of(ApiReason.CONFLICT, "The " + what + " stands in another building.");
    };
  }

  static Reply deleted(Registry.Deleted deleted, String what) {
    return switch (deleted) {
      case DELETED -> Reply.noContent();
      case ABSENT, FOREIGN -> throw Refusal.notFound(what);
      case CONFLICT -> throw Refusal.of(ApiReason.CONFLICT, "The " + what + " still has doors.");
    };
  }

  private static Refusal foreign(Caller caller, String what) {
    return caller.operator()
        ? Refusal.of(ApiReason.CONFLICT, "The " + what + " is another owner's.")
        : Refusal.notFound(what);
  }
}
