package io.vestibule.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.json.Json;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What decides in a door: verifies each command, performs it once, and says how that went. */
@LoopConfined
final class DoorController {
  private static final int REMEMBERED_COUNT_MAX = 1_024;
  private static final int OPENING_COUNT_MAX = 65_536;

  private final Time time;
  private final CommandVerifier verifier;
  private final Consumer<Duration> release;
  private final Consumer<Buffer> ack;

  // What each command that was answered came to: a command sent again gets the same answer.
  private final Map<String, String> answered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED_COUNT_MAX;
        }
      };
  private final List<Opening> openings = new ArrayList<>();
  private long forgedCount;

  /** Releases the lock through {@code release}, for that long; answers through {@code ack}. */
  DoorController(
      Time time, CommandVerifier verifier, Consumer<Duration> release, Consumer<Buffer> ack) {
    this.time = time;
    this.verifier = verifier;
    this.release = release;
    this.ack = ack;
  }

  void commanded(byte[] jws, Behaviour as) {
    Verdict verdict = verifier.verify(jws, time.now());
    if (verdict instanceof Verdict.Genuine command) {
      perform(command, as);
    } else if (verdict instanceof Verdict.Untimely late) {
      answer(late.unlock(), "refused", Optional.of("not valid at this time"));
    } else {
      forgedCount++;
    }
  }

  /** Each time that the door opened so far, oldest first. */
  List<Opening> openings() {
    return List.copyOf(openings);
  }

  long forgedCount() {
    return forgedCount;
  }

  private void perform(Verdict.Genuine command, Behaviour as) {
    String before = answered.get(command.unlock());
    if (before != null) {
      answer(command.unlock(), before, Optional.of("performed before"));
      return;
    }
    switch (as) {
      case OBEDIENT -> {
        open(command);
        answer(command.unlock(), "opened", Optional.empty());
      }
      case REFUSING -> answer(command.unlock(), "refused", Optional.of("interlock"));
      case FAILING -> answer(command.unlock(), "failed", Optional.of("bolt is stuck"));
      case SILENT, OFFLINE -> {}
    }
  }

  private void open(Verdict.Genuine command) {
    if (openings.size() < OPENING_COUNT_MAX) {
      openings.add(new Opening(command.unlock(), time.now()));
    }
    release.accept(Duration.ofSeconds(command.holdSeconds()));
  }

  private void answer(String unlock, String result, Optional<String> detail) {
    // An untimely repeat of what was performed keeps its first result.
    String lasting = answered.computeIfAbsent(unlock, first -> result);
    ObjectNode message =
        Json.object()
            .put("command", unlock)
            .put("result", lasting)
            .put("at", time.now().toEpochMilli());
    detail.ifPresent(text -> message.put("detail", text));
    ack.accept(Buffer.buffer(Json.write(message)));
  }
}
