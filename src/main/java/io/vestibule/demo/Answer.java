package io.vestibule.demo;

import io.vestibule.json.Fields;
import java.util.Optional;

/**
 * What a courier heard.
 *
 * @param status of HTTP; 0 where the answer came over a door
 * @param word the state if the door opened or the answer is open, else the reason
 */
record Answer(int status, String word, Optional<String> unlock, boolean replayed) {
  static Answer of(Reply reply) {
    Fields body = reply.fields();
    String word =
        body.optionalText("reason", 64)
            .or(() -> body.optionalText("state", 64))
            .orElse("without a reason");
    return new Answer(
        reply.status(), word, body.optionalText("unlock", 64), reply.idempotentReplayed());
  }

  static Answer atTheDoor(String state, Optional<String> reason) {
    return new Answer(0, reason.orElse(state), Optional.empty(), false);
  }

  boolean opened() {
    return word.equals("opened");
  }

  String text() {
    return (status == 0 ? "" : status + " ") + word;
  }
}
