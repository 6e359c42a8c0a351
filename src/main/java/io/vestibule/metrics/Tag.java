package io.vestibule.metrics;

import io.vestibule.access.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a metric is split by. Every value is known before the start: what people, doors or peers
 * write never becomes one.
 */
public enum Tag {
  OUTCOME("outcome", UnlockResult.codes()),
  REASON(
      "reason",
      Stream.of(
              Stream.of("none"),
              Arrays.stream(Reason.values()).map(Reason::code),
              Stream.of("internal_error"))
          .flatMap(all -> all)
          .toList()),
  EDGE("edge", "http", "mqtt"),
  STAGE("stage", "verify", "decide", "claim", "command", "ack", "outcome"),
  PROTOCOL("protocol", "mqtt_3_1_1", "mqtt_5"),
  TRANSPORT("transport", "tls", "plain"),
  CONNECT_CAUSE(
      "cause",
      "client_id",
      "certificate",
      "credentials",
      "unregistered",
      "revoked",
      "overloaded",
      "draining",
      "too_often",
      "store_unavailable",
      "handshake",
      "protocol",
      "abandoned",
      "error"),
  DISCONNECT_CAUSE(
      "cause",
      "closed",
      "keep_alive",
      "taken_over",
      "protocol",
      "deleted",
      "expired",
      "unread",
      "drained",
      "error"),
  HANDSHAKE("handshake", "full", "resumed", "failed"),
  TOPIC("topic", "ack", "event", "telemetry"),
  DROP_CAUSE("cause", "malformed", "out_of_range", "implausible_time", "door_gone"),
  DEFER_CAUSE("cause", "full", "store_unavailable", "error"),
  EVENT(
      "type",
      "opened",
      "closed",
      "held_open",
      "forced_open",
      "tamper",
      "exit_request",
      "booted",
      "pin_used"),
  ENTRY_KIND("kind", "building", "door", "courier"),
  UNREADABLE_KIND("kind", "building", "door", "courier", "lockdown"),
  EMPTIED_CAUSE("cause", "tracking_lost", "all_changed"),
  AUDIT_WHAT("what", "record", "log"),
  ANSWER_KIND("kind", "page", "ndjson", "events"),
  STREAM_KIND("kind", "ndjson", "events"),
  STREAM_CAUSE(
      "cause",
      "finished",
      "closed",
      "unread",
      "expired",
      "revoked",
      "drained",
      "store_unavailable",
      "error"),
  BACKLOG("what", "outcome", "presence"),
  CHORE("chore", "overdue", "suppressed", "trim"),
  RESULT("result", "done", "failed"),
  STORE_CAUSE(
      "cause",
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
      "other"),
  /** A command, or a script by its name. */
  OPERATION(
      "operation",
      "audit_append",
      "audit_denial",
      "audit_event",
      "audit_forget",
      "audit_trim",
      "building_delete",
      "claim",
      "close",
      "courier_delete",
      "del",
      "door_delete",
      "door_put",
      "door_register",
      "door_release",
      "door_reserve",
      "entry_put",
      "exists",
      "get",
      "grant_create",
      "grant_end",
      "hget",
      "hgetall",
      "hkeys",
      "hscan",
      "jti_release",
      "jti_take_over",
      "lockdown_lift",
      "lockdown_start",
      "node_renew",
      "node_tell",
      "pending_lost",
      "pexpire",
      "pttl",
      "scard",
      "set",
      "srem",
      "xrange",
      "xrevrange",
      "zrangebyscore",
      "zrem",
      "other"),
  ROUTE(
      "route",
      "/.well-known/jwks.json",
      "/v1/buildings/{building}",
      "/v1/buildings/{building}/audit",
      "/v1/buildings/{building}/events",
      "/v1/buildings/{building}/lockdown",
      "/v1/couriers/{courier}",
      "/v1/doors/{door}",
      "/v1/doors/{door}/unlock",
      "/v1/grants",
      "/v1/grants/{grant}",
      "/v1/grants/{grant}/delivered",
      "/v1/unlocks/{unlock}",
      "none"),
  STATUS("status", "2xx", "3xx", "4xx", "5xx"),
  REMOTE_RESULT(
      "result",
      "opened",
      "refused",
      "offline",
      "busy",
      "unknown",
      "not_owner",
      "unreached",
      "full",
      "silent"),
  MESSAGE_CAUSE(
      "cause", "malformed", "unknown_type", "late", "repeated", "expired", "full", "error"),
  SPAN_CAUSE("cause", "queue_full", "export_failed"),
  PROVIDER("provider", "corretto", "bouncy_castle"),
  CERTIFICATE("certificate", "mqtt_server", "mqtt_client_ca", "mqtt_crl", "http_server"),
  /** One value in each process, fixed when it starts. */
  VERSION("version"),
  /** One value in each process, fixed when it starts. */
  JAVA("java");

  private final String key;
  private final List<String> values;

  Tag(String key, String... values) {
    this(key, List.of(values));
  }

  Tag(String key, List<String> values) {
    this.key = key;
    this.values = List.copyOf(values);
  }

  public String key() {
    return key;
  }

  /** Empty where the process itself is the value. */
  public List<String> all() {
    return values;
  }

  boolean takes(String value) {
    return values.isEmpty() || values.contains(value);
  }
}
