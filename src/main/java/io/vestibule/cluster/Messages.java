package io.vestibule.cluster;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.json.KnownTexts;
import io.vestibule.json.MalformedJson;
import io.vestibule.json.ObjectReader;
import io.vestibule.json.ObjectText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The messages between nodes, as JSON. A member that is not known is passed over, and a type that
 * is not known is dropped, so that newer and older gateways understand each other.
 */
final class Messages {
  /** A command has 2,048 bytes at the most. */
  private static final int LENGTH_MAX = 4_096;

  private static final long ACK_TIMEOUT_MS_MAX = 60_000;

  private static final KnownTexts NAMES =
      KnownTexts.of("type", "id", "from", "epoch", "jws", "ack", "door", "unlock", "result", "at");

  /** Hears what a message says. */
  interface Hearer extends Requests {
    void answered(Answer answer);

    /** A session of the door began elsewhere, under a newer epoch. */
    void moved(DoorId door, long epoch);

    /** Its own message, sent with a renewal of its lease. */
    void beat();
  }

  private Messages() {}

  static String of(Ask ask) {
    return message("ask")
        .put("id", ask.id())
        .put("from", ask.from().text())
        .put("epoch", ask.epoch())
        .put("jws", ask.jws())
        .put("ack", ask.ackTimeout().toMillis())
        .toString();
  }

  static String of(Recall recall) {
    return message("recall")
        .put("id", recall.id())
        .put("from", recall.from().text())
        .put("door", recall.door().text())
        .put("unlock", recall.unlock().text())
        .toString();
  }

  static String of(Answer answer) {
    return message("answer")
        .put("id", answer.id())
        .put("door", answer.door().text())
        .put("unlock", answer.unlock().text())
        .put("result", answer.said().code())
        .put("at", answer.at().toEpochMilli())
        .toString();
  }

  static String moved(DoorId door, long epoch) {
    return message("moved").put("door", door.text()).put("epoch", epoch).toString();
  }

  static String beat() {
    return message("beat").toString();
  }

  /** Hands the message to the hearer. Empty, or a value of the tag for what was dropped. */
  static Optional<String> read(String text, Hearer hearer) {
    if (text.length() > LENGTH_MAX) {
      return Optional.of("malformed");
    }
    Optional<Runnable> delivery;
    try {
      delivery = Members.of(text).delivery(hearer);
    } catch (MalformedJson | NoSuchElementException e) {
      return Optional.of("malformed");
    }
    delivery.ifPresent(Runnable::run);
    return delivery.isPresent() ? Optional.empty() : Optional.of("unknown_type");
  }

  private static ObjectText message(String type) {
    return new ObjectText(1_024).put("type", type);
  }

  /** What a message holds, gathered as it comes by; what is not as it should be is not there. */
  private static final class Members {
    private Optional<String> type = Optional.empty();
    private OptionalLong id = OptionalLong.empty();
    private Optional<NodeName> from = Optional.empty();
    private OptionalLong epoch = OptionalLong.empty();
    private Optional<String> jws = Optional.empty();
    private OptionalLong ackMs = OptionalLong.empty();
    private Optional<DoorId> door = Optional.empty();
    private Optional<UnlockId> unlock = Optional.empty();
    private Optional<String> result = Optional.empty();
    private Optional<Instant> at = Optional.empty();

    static Members of(String text) throws MalformedJson {
      Members members = new Members();
      ObjectReader reader = ObjectReader.open(text.getBytes(StandardCharsets.UTF_8));
      while (reader.next()) {
        members.take(reader);
      }
      return members;
    }

    private void take(ObjectReader member) {
      switch (member.name(NAMES)) {
        case "type" -> type = member.text();
        case "id" -> id = member.integer();
        case "from" -> from = member.text().flatMap(NodeName::parse);
        case "epoch" -> epoch = member.integer();
        case "jws" -> jws = member.text();
        case "ack" -> ackMs = member.integer();
        case "door" -> door = member.text().flatMap(DoorId::parse);
        case "unlock" -> unlock = member.text().flatMap(UnlockId::parse);
        case "result" -> result = member.text();
        case "at" -> at = instant(member.integer());
        default -> {
          // Of a newer gateway.
        }
      }
    }

    private static Optional<Instant> instant(OptionalLong epochMs) {
      return epochMs.isPresent()
          ? Optional.of(Instant.ofEpochMilli(epochMs.getAsLong()))
          : Optional.empty();
    }

    /** Empty for a type that is not known; throws where something is missing. */
    Optional<Runnable> delivery(Hearer hearer) {
      return switch (type.orElseThrow()) {
        case "ask" -> to(ask(), hearer::asked);
        case "recall" -> to(recall(), hearer::recalled);
        case "answer" -> to(answer(), hearer::answered);
        case "moved" -> moved(hearer, door.orElseThrow(), epoch.orElseThrow());
        case "beat" -> Optional.of(hearer::beat);
        default -> Optional.empty();
      };
    }

    private static <T> Optional<Runnable> to(T message, Consumer<T> hearer) {
      return Optional.of(() -> hearer.accept(message));
    }

    private static Optional<Runnable> moved(Hearer hearer, DoorId door, long epoch) {
      return Optional.of(() -> hearer.moved(door, epoch));
    }

    private Ask ask() {
      return new Ask(
          id.orElseThrow(),
          from.orElseThrow(),
          epoch.orElseThrow(),
          jws.orElseThrow(),
          Duration.ofMillis(
              Optional.of(ackMs.orElseThrow())
                  .filter(ms -> ms > 0 && ms <= ACK_TIMEOUT_MS_MAX)
                  .orElseThrow()));
    }

    private Recall recall() {
      return new Recall(
          id.orElseThrow(), from.orElseThrow(), door.orElseThrow(), unlock.orElseThrow());
    }

    /** A result that only newer gateways know may be that the door opened. */
    private Answer answer() {
      return new Answer(
          id.orElseThrow(),
          door.orElseThrow(),
          unlock.orElseThrow(),
          Said.parse(result.orElseThrow()).orElse(Said.UNKNOWN),
          at.orElseThrow());
    }
  }
}
