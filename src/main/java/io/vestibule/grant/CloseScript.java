package io.vestibule.grant;

import io.vestibule.access.Reason;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordJson;
import io.vestibule.audit.RecordType;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys, arguments and replies of the script that closes an attempt. */
final class CloseScript {
  static final Script SCRIPT = Script.load("close");

  private static final int ARGUMENT_COUNT = 17;
  private static final Duration KEPT = Duration.ofDays(1);

  private CloseScript() {}

  static List<String> keys(Attempt attempt) {
    String shard = Keys.shard(attempt.where().building());
    return List.of(
        Keys.attempt(shard, attempt.unlock()),
        Keys.grant(attempt.where().building(), attempt.grant()),
        Keys.pending(shard),
        Keys.audit(attempt.where().building()));
  }

  static List<String> arguments(Attempt attempt, Outcome outcome, Instant now, String claimant) {
    List<String> args = new ArrayList<>(ARGUMENT_COUNT);
    args.add(attempt.unlock().text());
    args.add(outcome.state());
    args.add(outcome.why().map(Reason::code).orElse(""));
    args.add(Long.toString(outcome.at().toEpochMilli()));
    args.add(Long.toString(KEPT.toMillis()));
    args.add(RecordJson.write(record(attempt, outcome, now)));
    args.add(Long.toString(Duration.ofDays(attempt.where().retentionDays()).toMillis()));
    args.add(claimant);
    args.add(attempt.requestHash());
    args.add(attempt.who().courier().text());
    args.add(attempt.who().carrier().text());
    args.add(attempt.where().door().text());
    args.add(attempt.where().building().text());
    args.add(Integer.toString(attempt.where().retentionDays()));
    args.add(attempt.grant().text());
    args.add(Long.toString(attempt.claimedAt().toEpochMilli()));
    args.add(Long.toString(attempt.deadline().toEpochMilli()));
    return args;
  }

  /** Whether this closing was the one; with another nothing has changed. */
  static boolean first(Reply reply) {
    return reply.list().get(0).number() == 1;
  }

  /** The outcome on record. */
  static Outcome outcome(Reply reply) {
    List<Reply> list = reply.list();
    return AttemptFields.outcome(list.get(1).text(), list.get(2).text(), list.get(3).text());
  }

  private static AuditRecord record(Attempt attempt, Outcome outcome, Instant now) {
    Map<String, Object> data = new HashMap<>();
    data.put("unlock", attempt.unlock().text());
    data.put("courier", attempt.who().courier().text());
    data.put("carrier", attempt.who().carrier().text());
    data.put("grant", attempt.grant().text());
    outcome.why().ifPresent(reason -> data.put("reason", reason.code()));
    return new AuditRecord(
        outcome.match(
            opened -> RecordType.UNLOCK_OPENED,
            refused -> RecordType.UNLOCK_REFUSED,
            unknown -> RecordType.UNLOCK_UNKNOWN),
        attempt.where().building(),
        Optional.of(attempt.where().door()),
        outcome.at(),
        now,
        data);
  }
}
