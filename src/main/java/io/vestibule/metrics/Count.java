package io.vestibule.metrics;

import io.vestibule.access.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What is counted: each name with its meaning, its tag and every value of that tag. */
public enum Count {
  UNLOCKS(
      "vestibule.unlocks",
      "Unlock requests answered, by outcome: opened, or the reason of the refusal",
      "outcome",
      Stream.concat(Stream.of("opened"), Arrays.stream(Reason.values()).map(Reason::code))
          .toList()),
  UNLOCKS_REPLAYED(
      "vestibule.unlocks.replayed", "Retries answered with the recorded outcome", "", List.of()),
  DENIALS_SUPPRESSED(
      "vestibule.denials.suppressed",
      "Denials counted in the audit log and without a record of their own, past the bound of their building's minute",
      "",
      List.of()),
  DENIALS_LOST(
      "vestibule.denials.lost",
      "Refusals that are not in the audit log, since the store was away; all are answered store_unavailable",
      "",
      List.of()),
  OUTCOMES_LOST(
      "vestibule.unlock.outcomes.lost",
      "Outcomes that could not be put on record for a minute past their deadline; their attempts are closed as unknown",
      "",
      List.of()),
  COMMANDS_SENT("vestibule.commands.sent", "Unlock commands written to doors", "", List.of()),
  ACKS_LATE("vestibule.acks.late", "Acks of attempts that had already ended", "", List.of()),
  DOOR_CONNECTS("vestibule.door.connects", "Doors that connected", "", List.of()),
  DOOR_CONNECTS_REFUSED(
      "vestibule.door.connects.refused",
      "MQTT connections refused, by cause",
      "cause",
      List.of(
          "client_id",
          "certificate",
          "credentials",
          "unregistered",
          "revoked",
          "overloaded",
          "draining",
          "store_unavailable",
          "handshake",
          "protocol",
          "error")),
  DOOR_DISCONNECTS(
      "vestibule.door.disconnects",
      "Door connections that ended, by cause",
      "cause",
      List.of(
          "closed",
          "keep_alive",
          "taken_over",
          "protocol",
          "deleted",
          "expired",
          "unread",
          "drained",
          "error")),
  DOOR_PAYLOADS_DROPPED(
      "vestibule.door.payloads.dropped",
      "Invalid payloads from doors, acknowledged and dropped, by topic",
      "topic",
      List.of("ack", "event", "telemetry")),
  DOOR_PUBLISHES_DEFERRED(
      "vestibule.door.publishes.deferred",
      "Events and requests left without a PUBACK, for the door to send again, by cause",
      "cause",
      List.of("full", "store_unavailable", "error")),
  DOOR_PRESENCE_LOST(
      "vestibule.door.presence.lost", "Online and offline records not stored", "", List.of()),
  DOOR_EVENTS("vestibule.door.events", "Door events stored", "", List.of()),
  DOOR_EVENTS_PACED(
      "vestibule.door.events.paced",
      "Times that events of a door waited since it had sent more than its rate, without a PUBACK",
      "",
      List.of()),
  DOOR_EVENTS_REPEATED(
      "vestibule.door.events.repeated",
      "Door events seen before and not stored again",
      "",
      List.of()),
  CACHE_HITS(
      "vestibule.cache.hits", "Directory entries found in memory, by kind", "kind", Kinds.ALL),
  CACHE_MISSES(
      "vestibule.cache.misses",
      "Directory entries not in memory when asked for while entries are kept, by kind; several may wait for one load",
      "kind",
      Kinds.ALL),
  CACHE_LOADS(
      "vestibule.cache.loads", "Directory entries read into memory, by kind", "kind", Kinds.ALL),
  CACHE_LOADS_DROPPED(
      "vestibule.cache.loads.dropped",
      "Entries read and not kept, since they may have changed meanwhile, by kind",
      "kind",
      Kinds.ALL),
  CACHE_EVICTIONS(
      "vestibule.cache.evictions", "Entries given up for want of room, by kind", "kind", Kinds.ALL),
  CACHE_INVALIDATIONS(
      "vestibule.cache.invalidations",
      "Changes told by Redis or made here, by kind",
      "kind",
      Kinds.ALL),
  CACHE_EMPTIED(
      "vestibule.cache.emptied",
      "Times that the whole cache was given up, by cause",
      "cause",
      List.of("tracking_lost", "all_changed")),
  DIRECTORY_UNREADABLE(
      "vestibule.directory.unreadable",
      "Values under keys of the directory that are no entries, each time one is read, by kind",
      "kind",
      List.of("building", "door", "courier", "lockdown")),
  AUDIT_UNREADABLE(
      "vestibule.audit.unreadable",
      "Entries of audit logs that are no records, and keys of logs that hold something else, each time one is read",
      "what",
      List.of("record", "log")),
  AUDIT_RECORDS_SERVED(
      "vestibule.audit.records.served",
      "Audit records written to readers, by kind of answer",
      "kind",
      List.of("page", "ndjson", "events")),
  STREAMS_ENDED(
      "vestibule.http.streams.ended",
      "Streams of audit records that ended, by cause",
      "cause",
      List.of(
          "finished",
          "closed",
          "unread",
          "expired",
          "revoked",
          "drained",
          "store_unavailable",
          "error")),
  STREAMS_REFUSED(
      "vestibule.http.streams.refused",
      "Streams of audit records refused for want of room, or since the gateway stops",
      "",
      List.of()),
  STORE_FAILURES(
      "vestibule.store.failures",
      "Redis operations that failed, by cause",
      "cause",
      List.of(
          "unreachable",
          "timed_out",
          "overloaded",
          "wrong_type",
          "unreadable",
          "script_failed",
          "script_killed",
          "script_busy",
          "out_of_memory",
          "read_only",
          "loading",
          "not_authorized",
          "slot_moved",
          "not_persisting",
          "too_few_replicas",
          "not_durable",
          "unsafe",
          "closed",
          "other")),
  STORE_YIELDED(
      "vestibule.store.yielded",
      "Telemetry not written to Redis, since much waited for it",
      "",
      List.of()),
  HTTP_BUGS("vestibule.http.errors", "HTTP requests that met a bug", "", List.of());

  /** Apart, since an enum's constants are made before its other fields. */
  private static final class Kinds {
    static final List<String> ALL = List.of("building", "door", "courier");
  }

  private final String meterName;
  private final String description;
  private final String tag;
  private final List<String> tagValues;

  Count(String meterName, String description, String tag, List<String> tagValues) {
    this.meterName = meterName;
    this.description = description;
    this.tag = tag;
    this.tagValues = tagValues;
  }

  public String meterName() {
    return meterName;
  }

  public String description() {
    return description;
  }

  /** Empty when there is none. */
  public String tag() {
    return tag;
  }

  public List<String> tagValues() {
    return tagValues;
  }
}
