package io.vestibule.door;

import io.vestibule.access.UnlockId;
import io.vestibule.json.KnownTexts;
import io.vestibule.json.MalformedJson;
import io.vestibule.json.ObjectReader;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the ack of nearly every unlock, in a single pass: a good one without a detail. What it does
 * not read may still be an ack, and {@link DoorPayloads} looks what is the matter.
 */
final class UsualAck {
  private static final KnownTexts NAMES = KnownTexts.of("command", "result", "at", "detail");
  private static final KnownTexts RESULTS =
      KnownTexts.of(
          DoorAck.Result.OPENED.code(),
          DoorAck.Result.REFUSED.code(),
          DoorAck.Result.FAILED.code());

  private Optional<UnlockId> unlock = Optional.empty();
  private Optional<DoorAck.Result> result = Optional.empty();
  private OptionalLong at = OptionalLong.empty();
  private boolean detailed;

  private UsualAck() {}

  /** Empty when the bytes are another ack or none; they are overwritten. */
  static Optional<DoorAck> read(byte[] json) {
    UsualAck ack = new UsualAck();
    try {
      ObjectReader reader = ObjectReader.open(json);
      while (reader.next()) {
        ack.note(reader);
      }
      return ack.whole();
    } catch (MalformedJson e) {
      return Optional.empty();
    }
  }

  private void note(ObjectReader member) {
    switch (member.name(NAMES)) {
      case "command" -> unlock = member.text().flatMap(UnlockId::parse);
      case "result" -> result = member.text(RESULTS).flatMap(DoorAck.Result::parse);
      case "at" -> at = member.integer();
      case "detail" -> detailed = true;
      default -> {
        // Members that are not known are passed over.
      }
    }
  }

  private Optional<DoorAck> whole() {
    return !detailed && unlock.isPresent() && result.isPresent() && legal(at)
        ? Optional.of(
            new DoorAck(
                unlock.get(), result.get(), Instant.ofEpochMilli(at.getAsLong()), Optional.empty()))
        : Optional.empty();
  }

  private static boolean legal(OptionalLong at) {
    return at.isPresent() && at.getAsLong() >= 0 && at.getAsLong() <= DoorPayloads.AT_MS_MAX;
  }
}
