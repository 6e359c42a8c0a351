package io.vestibule.store;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;

/** How a server is asked whether what was written is where it must be. */
enum Confirming {
  /** Its reply to the write says so already. */
  NOTHING,
  /** WAIT: that one replica has it. */
  REPLICA,
  /** WAITAOF: that the primary's own disk has it. */
  DISK;

  private static final Command WAIT_FOR_DISK = Command.create("WAITAOF");

  /** To be sent behind the write, on the same connection; it blocks that one for so long. */
  Request ask(Duration atMost) {
    return switch (this) {
      case NOTHING -> throw new IllegalStateException("there is nothing to ask");
      case REPLICA -> Request.cmd(Command.WAIT).arg(1).arg(atMost.toMillis());
      case DISK -> Request.cmd(WAIT_FOR_DISK).arg(1).arg(0).arg(atMost.toMillis());
    };
  }

  boolean given(Response answer) {
    return switch (this) {
      case NOTHING -> true;
      case REPLICA -> answer.toLong() >= 1;
      case DISK -> answer.get(0).toLong() >= 1;
    };
  }
}
