package io.vestibule.grant;

import io.vestibule.access.Reason;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordJson;
import io.vestibule.audit.RecordType;
import io.vestibule.audit.Retention;
import io.vestibule.config.Rate;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys, arguments and replies of the script that claims a visit. */
final class ClaimScript {
  static final Script SCRIPT = Script.load("claim");

  private static final int ARGUMENT_COUNT = 18;

  private ClaimScript() {}

  static List<String> keys(Claim claim) {
    String shard = Keys.shard(claim.where().building());
    return List.of(
        Keys.attempt(shard, claim.unlock()),
        Keys.grant(claim.where().building(), claim.grant()),
        Keys.rate(claim.where().building(), claim.where().door()),
        Keys.lockdown(claim.where().building()),
        Keys.pending(shard),
        Keys.audit(claim.where().building()));
  }

  static List<String> arguments(Claim claim, Rate rate, Duration overdueAfter, String claimant) {
    List<String> args = new ArrayList<>(ARGUMENT_COUNT);
    args.add(Long.toString(claim.at().toEpochMilli()));
    args.add(claim.unlock().text());
    args.add(claim.requestHash());
    args.add(claim.who().courier().text());
    args.add(claim.who().carrier().text());
    args.add(claim.where().door().text());
    args.add(claim.where().building().text());
    args.add(claim.grant().text());
    args.add(claim.parcel().orElse(""));
    args.add(claim.requireParcel() ? "1" : "0");
    args.add(Long.toString(claim.deadline().toEpochMilli()));
    args.add(Integer.toString(claim.where().retentionDays()));
    args.add(Integer.toString(rate.countMax()));
    args.add(Long.toString(rate.per().toMillis()));
    args.add(RecordJson.write(granted(claim)));
    args.add(Retention.lifeMs(claim.where().retentionDays()));
    args.add(Long.toString(overdueAfter.toMillis()));
    args.add(claimant);
    return args;
  }

  static ClaimResult result(Reply reply) {
    List<Reply> list = reply.list();
    String kind = list.get(0).text();
    return switch (kind) {
      case "claimed" -> new ClaimResult.Claimed();
      case "on_record" -> new ClaimResult.OnRecord(AttemptFields.read(list.get(1).fields()));
      case "denied" -> denied(list.get(1).text(), list.get(2).number());
      default -> throw new IllegalStateException("no result " + kind);
    };
  }

  private static ClaimResult denied(String code, long retryAfterMs) {
    Reason reason =
        Reason.parse(code).orElseThrow(() -> new IllegalStateException("no reason " + code));
    return new ClaimResult.Denied(reason, Duration.ofMillis(retryAfterMs));
  }

  private static AuditRecord granted(Claim claim) {
    return new AuditRecord(
        RecordType.UNLOCK_GRANTED,
        claim.where().building(),
        Optional.of(claim.where().door()),
        claim.at(),
        claim.at(),
        Map.of(
            "unlock", claim.unlock().text(),
            "courier", claim.who().courier().text(),
            "carrier", claim.who().carrier().text(),
            "grant", claim.grant().text()));
  }
}
