package io.vestibule.metrics;

import io.vestibule.access.Reason;
import java.util.ArrayList;
import java.util.List;

/** What is counted. */
public enum Count implements Metric {
  UNLOCKS(Unlocks.SPEC),
  UNLOCKS_REPLAYED(
      "vestibule.unlocks.replayed", "Retries answered with the recorded outcome", Tag.EDGE),
  DENIALS_SUPPRESSED(
      "vestibule.denials.suppressed",
      "Denials counted in the audit log and without a record of their own, past the bound of their building's minute"),
  DENIALS_LOST(
      "vestibule.denials.lost",
      "Refusals that are not in the audit log, since the store was away; all are answered store_unavailable"),
  OUTCOMES_LOST(
      "vestibule.unlock.outcomes.lost",
      "Outcomes that could not be put on record: for a minute past their deadline, or where what is stored cannot be read, or since too many waited; their attempts are closed as unknown"),
  ATTEMPTS_OVERDUE(
      "vestibule.attempts.overdue",
      "Attempts without an outcome that were closed as unknown, mostly of a gateway that died"),
  COMMANDS_SENT("vestibule.commands.sent", "Unlock commands written to doors"),
  COMMANDS_REMOTE(
      "vestibule.commands.remote",
      "Commands asked of the gateway that holds the door, by what it said (`opened`, `refused`, `offline`, `busy`, `unknown`, `not_owner`) or by why it said nothing: `unreached` (it has no lease, and nothing was sent; or nobody was seen to hear it, and no sign of it came), `full` (too many wait, and nothing was sent), `silent` (no answer in time, the door may have opened)",
      Tag.REMOTE_RESULT),
  NODE_MESSAGES_DROPPED(
      "vestibule.node.messages.dropped",
      "Messages of other gateways that nothing followed from: not of their form, of a type that only newer gateways know, an answer that nobody waits for any more, a command that was here before, came too late or found too many, or one that met a bug",
      Tag.MESSAGE_CAUSE),
  REGISTRATIONS_FAILED(
      "vestibule.registrations.failed",
      "Tries to write to Redis which doors this gateway holds that failed; those of an outage are made again"),
  ACKS_LATE(
      "vestibule.acks.late",
      "Acks that no command waits for: their attempt had already ended, or there never was one"),
  DOOR_CONNECTS("vestibule.door.connects", "Doors that connected", Tag.PROTOCOL, Tag.TRANSPORT),
  DOOR_CONNECTS_REFUSED(
      "vestibule.door.connects.refused",
      "Connections to the door ports over which no door came in: refused, failed in TLS, or abandoned, which is closed or silent before CONNECT was answered",
      Tag.CONNECT_CAUSE),
  DOOR_DISCONNECTS(
      "vestibule.door.disconnects",
      "Connections of doors that had come in and ended",
      Tag.DISCONNECT_CAUSE),
  DOOR_TELEMETRY("vestibule.door.telemetry", "Telemetry samples taken in"),
  DOOR_PAYLOADS_DROPPED(
      "vestibule.door.payloads.dropped",
      "Invalid payloads from doors, acknowledged and dropped: not of their form, with a value out of its range, with a time that no working clock shows, or of a door that is deleted",
      Tag.TOPIC,
      Tag.DROP_CAUSE),
  DOOR_PUBLISHES_DEFERRED(
      "vestibule.door.publishes.deferred",
      "Events and requests left without a PUBACK, for the door to send again",
      Tag.DEFER_CAUSE),
  DOOR_PRESENCE_LOST("vestibule.door.presence.lost", "Online and offline records not stored"),
  DOOR_EVENTS("vestibule.door.events", "Door events stored", Tag.EVENT),
  DOOR_EVENTS_PACED(
      "vestibule.door.events.paced",
      "Times that events of a door waited since it had sent more than its rate, without a PUBACK"),
  DOOR_EVENTS_REPEATED(
      "vestibule.door.events.repeated", "Door events seen before and not stored again"),
  CACHE_HITS("vestibule.cache.hits", "Directory entries found in memory", Tag.ENTRY_KIND),
  CACHE_MISSES(
      "vestibule.cache.misses",
      "Directory entries not in memory when asked for while entries are kept; several may wait for one load",
      Tag.ENTRY_KIND),
  CACHE_LOADS("vestibule.cache.loads", "Directory entries read into memory", Tag.ENTRY_KIND),
  CACHE_LOADS_DROPPED(
      "vestibule.cache.loads.dropped",
      "Entries read and not kept, since they may have changed meanwhile",
      Tag.ENTRY_KIND),
  CACHE_EVICTIONS("vestibule.cache.evictions", "Entries given up for want of room", Tag.ENTRY_KIND),
  CACHE_INVALIDATIONS(
      "vestibule.cache.invalidations", "Changes told by Redis or made here", Tag.ENTRY_KIND),
  CACHE_EMPTIED(
      "vestibule.cache.emptied", "Times that the whole cache was given up", Tag.EMPTIED_CAUSE),
  DIRECTORY_UNREADABLE(
      "vestibule.directory.unreadable",
      "Values under keys of the directory that are no entries, each time one is read",
      Tag.UNREADABLE_KIND),
  AUDIT_UNREADABLE(
      "vestibule.audit.unreadable",
      "Entries of audit logs that are no records, and keys of logs that hold something else, each time one is read",
      Tag.AUDIT_WHAT),
  AUDIT_RECORDS_SERVED(
      "vestibule.audit.records.served", "Audit records written to readers", Tag.ANSWER_KIND),
  STREAMS_ENDED(
      "vestibule.http.streams.ended", "Streams of audit records that ended", Tag.STREAM_CAUSE),
  STREAMS_REFUSED(
      "vestibule.http.streams.refused",
      "Streams and pages of audit records refused for want of room, or since the gateway stops"),
  STORE_CONNECTS(
      "vestibule.store.connects",
      "Connections made to Redis, those on which it tells of changes apart"),
  STORE_OPERATIONS_FAILED(
      "vestibule.store.operations.failed", "Redis operations that failed", Tag.OPERATION),
  STORE_FAILURES(
      "vestibule.store.failures",
      "Redis operations that failed, and values that cannot be read",
      Tag.STORE_CAUSE),
  STORE_YIELDED(
      "vestibule.store.yielded", "Telemetry not written to Redis, since much waited for it"),
  HTTP_REQUESTS(
      "vestibule.http.requests",
      "API requests answered, a stream of audit records as it begins; those of no route, or that are not HTTP, are under `none`. An unlock whose body is past its bound (413) is counted here alone. A client that left before its answer is counted under the status that it would have got",
      Tag.ROUTE,
      Tag.STATUS),
  HTTP_CONNECTIONS_REFUSED(
      "vestibule.http.connections.refused",
      "API connections closed to make room for others, past the bound of connections or of TLS handshakes"),
  HTTP_BUGS("vestibule.http.errors", "HTTP requests that met a bug"),
  SPANS_DROPPED(
      "vestibule.spans.dropped",
      "Spans of sampled traces that are lost: too many waited for the collector (`queue_full`), or it did not take them (`export_failed`)",
      Tag.SPAN_CAUSE),
  LOG_SUPPRESSED(
      "vestibule.log.suppressed",
      "Log lines left out, since their logger had written many moments before or nobody read the log; not those of which a warning itself says that they were left out");

  private final Spec spec;

  Count(Spec spec) {
    this.spec = spec;
  }

  Count(String name, String description, Tag... tags) {
    this(Spec.of(name, description, Unit.NONE, tags));
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public String type() {
    return "counter";
  }

  @Override
  public String prometheusName() {
    return Metric.super.prometheusName() + "_total";
  }

  /** Not every outcome goes with every reason. Apart, since it is made before the constants. */
  private static final class Unlocks {
    static final Spec SPEC =
        new Spec(
            "vestibule.unlocks",
            "Unlock requests answered, retries apart: opened, refused (by policy, grant or door), unknown (commanded, and the door did not say), rejected (the request itself is no good), failed (the gateway could not serve it)",
            Unit.NONE,
            List.of(Tag.OUTCOME, Tag.REASON, Tag.EDGE),
            rows());

    private static List<List<String>> rows() {
      List<List<String>> rows = new ArrayList<>();
      for (String edge : Tag.EDGE.all()) {
        rows.add(List.of(UnlockResult.OPENED.code(), "none", edge));
        rows.add(List.of(UnlockResult.FAILED.code(), "internal_error", edge));
        for (Reason reason : Reason.values()) {
          rows.add(List.of(UnlockResult.of(reason).code(), reason.code(), edge));
        }
      }
      return List.copyOf(rows);
    }
  }
}
