package io.vestibule.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.health.Health;
import io.vestibule.health.Standing;
import io.vestibule.health.State;
import io.vestibule.json.Json;

/** Health as JSON: 503 where no door can be opened, else 200. */
final class HealthReply {
  private HealthReply() {}

  static Reply of(Health health) {
    ObjectNode body = Json.object().put("status", health.status().code());
    ObjectNode each = body.putObject("dependencies");
    health.dependencies().forEach(seen -> put(each.putObject(seen.dependency().code()), seen));
    return Reply.json(health.status() == State.DOWN ? 503 : 200, body);
  }

  private static void put(ObjectNode node, Health.Seen seen) {
    Standing standing = seen.standing();
    node.put("state", standing.state().code()).put("since", seen.since().toString());
    standing.why().ifPresent(why -> node.put("cause", why.code()).put("remedy", why.remedy()));
    standing.detail().ifPresent(detail -> node.put("detail", detail));
  }
}
