package io.vestibule.store;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Why Redis did not do what it was asked, each with what mends it. */
public enum FailureCause {
  UNREACHABLE(
      List.of("CONNECTION_CLOSED"),
      "there is no connection to Redis: see whether it runs and is reached; it is tried again"),
  TIMED_OUT(
      List.of(),
      "Redis does not answer in time: look for slow commands, a slow disk or a stopped process"),
  OVERLOADED(
      List.of(), "more commands wait for Redis than may: it is slow, or too few gateways share it"),
  WRONG_TYPE(
      List.of("WRONGTYPE"),
      "a value of another type stands under a key of ours: rename or delete it in Redis"),
  UNREADABLE(
      List.of("UNREADABLE"),
      "a value of ours in Redis cannot be read: somebody else wrote it; mend or delete it"),
  SCRIPT_FAILED(
      List.of(),
      "a script met a value that it cannot work with, and wrote nothing: mend or delete the value"),
  SCRIPT_KILLED(
      List.of(),
      "somebody ended a script with SCRIPT KILL: it wrote nothing and is not tried again"),
  SCRIPT_BUSY(
      List.of("BUSY"), "a script of somebody else keeps Redis busy: end it with SCRIPT KILL"),
  OUT_OF_MEMORY(
      List.of("OOM"),
      "Redis is out of memory: raise maxmemory; unlocks and events are refused until then"),
  READ_ONLY(
      List.of("READONLY"),
      "this Redis is a replica: after a failover the new primary is looked for; else mend the endpoint"),
  LOADING(List.of("LOADING", "MASTERDOWN"), "Redis loads its data: it serves once that is done"),
  NOT_AUTHORIZED(
      List.of(
          "NOAUTH",
          "WRONGPASS",
          "NOPERM",
          "ERR invalid password",
          "ERR AUTH",
          "ERR The user executing the script"),
      "Redis refuses the user: mend the password in redis.endpoints, or what the user may do"),
  SLOT_MOVED(
      List.of("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "CROSSSLOT"),
      "the key's slot is not served here: the cluster moves or misses slots, or redis.mode is wrong"),
  NOT_PERSISTING(
      List.of("MISCONF"),
      "Redis cannot write to its disk and refuses writes: look for a full or broken disk"),
  TOO_FEW_REPLICAS(
      List.of("NOREPLICAS"),
      "Redis has fewer replicas than its min-replicas-to-write: bring them back"),
  NOT_DURABLE(
      List.of(),
      "what was written is not where store.durability wants it: look at the replica, or at the disk"),
  UNSAFE(List.of(), "this Redis may lose what it was told: mend its configuration"),
  CLOSED(List.of(), "the gateway ends"),
  OTHER(List.of(), "Redis answered with an error that is not foreseen");

  private static final String KILLED = "Script killed by user";

  /** How Redis names any of the scripts that it runs, in an error that one of them raised. */
  private static final String RAISED_IN_SCRIPT = "user_script";

  private final List<String> errorCodes;
  private final String remedy;

  FailureCause(List<String> errorCodes, String remedy) {
    this.errorCodes = errorCodes;
    this.remedy = remedy;
  }

  /** As in the metric's tag and in the runbook. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it means and what mends it, for a log. */
  public String remedy() {
    return remedy;
  }

  static FailureCause of(Throwable failure) {
    if (failure instanceof StoreUnavailable known) {
      return known.why();
    }
    if (failure instanceof LinkFailure known) {
      return known.why();
    }
    if (failure instanceof UnreadableValue) {
      return UNREADABLE;
    }
    if (failure instanceof TimeoutException) {
      return TIMED_OUT;
    }
    return failure instanceof ErrorType error ? ofReply(error) : UNREACHABLE;
  }

  private static FailureCause ofReply(ErrorType error) {
    String text = String.valueOf(error.getMessage());
    if (text.contains(KILLED)) {
      return SCRIPT_KILLED;
    }
    for (FailureCause cause : values()) {
      if (cause.errorCodes.stream().anyMatch(error::is)) {
        return cause;
      }
    }
    return text.contains(RAISED_IN_SCRIPT) ? SCRIPT_FAILED : OTHER;
  }
}
