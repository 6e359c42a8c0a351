package io.vestibule.door;

import io.vestibule.access.UnlockId;
import io.vestibule.command.CommandResult;
import java.time.Instant;
import java.util.Optional;

/** What a door says of one command; {@code at} is by its own clock. */
record DoorAck(UnlockId unlock, Result result, Instant at, Optional<String> detail) {
  /** The result as the door words it. */
  enum Result {
    OPENED("opened"),
    REFUSED("refused"),
    FAILED("failed");

    private final String code;

    Result(String code) {
      this.code = code;
    }

    static Optional<Result> parse(String code) {
      for (Result result : values()) {
        if (result.code().equals(code)) {
          return Optional.of(result);
        }
      }
      return Optional.empty();
    }

    String code() {
      return code;
    }
  }

  CommandResult commandResult() {
    return switch (result) {
      case OPENED -> new CommandResult.Opened(at);
      case REFUSED, FAILED -> new CommandResult.Refused(detail);
    };
  }
}
