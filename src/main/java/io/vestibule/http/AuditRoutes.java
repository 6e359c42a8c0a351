package io.vestibule.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.audit.AuditPage;
import io.vestibule.audit.AuditReader;
import io.vestibule.audit.LiveLog;
import io.vestibule.audit.RecordId;
import io.vestibule.audit.StoredRecord;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.directory.Directory;
import io.vestibule.http.Streams.Kind;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a building's audit log to its manager: page by page, as a whole, and live. */
@LoopConfined
final class AuditRoutes {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final String EVENTS = "text/event-stream";
  private static final int LIMIT_DEFAULT = 100;

  private final AuditReader reader;
  private final Directory directory;
  private final Meters meters;
  private final OpenStream.Parts parts;
  private final LiveLog live;

  /** On the loop that the routes serve. */
  AuditRoutes(Vertx vertx, Api api, Streams streams) {
    this.reader = api.log().reader();
    this.directory = api.entries().directory();
    this.meters = api.edge().meters();
    StreamLimits limits = api.log().limits();
    this.parts = new OpenStream.Parts(vertx, streams, directory, meters, api.edge().time(), limits);
    this.live = new LiveLog(vertx, reader, limits.poll());
  }

  /** {@code /audit}: a page, or all as NDJSON. */
  Endpoint records(Caller caller) {
    return call -> {
      LogQuery query = LogQuery.of(call);
      String type = call.negotiate(List.of(JSON, NDJSON));
      return BuildingRoutes.own(directory, caller, call)
          .compose(
              building ->
                  type.equals(JSON)
                      ? page(call, caller.name(), building, query)
                      : all(call, new OpenStream.Right(caller, building), query));
    };
  }

  /** {@code /events}: what is recorded from now on, or after the record named. */
  Endpoint events(Caller caller) {
    return call -> {
      Optional<RecordId> resumed = LogQuery.resumed(call);
      call.negotiate(List.of(EVENTS));
      return BuildingRoutes.own(directory, caller, call)
          .compose(building -> follow(call, new OpenStream.Right(caller, building), resumed));
    };
  }

  private Future<Reply> page(Call call, String by, Building building, LogQuery query) {
    parts.streams().enterPage(by);
    call.onAnswered(() -> parts.streams().pageTaken(by));
    return reader
        .after(building.id(), query.after(), query.limit().orElse(LIMIT_DEFAULT))
        .map(this::page);
  }

  private Reply page(AuditPage page) {
    List<StoredRecord> records = page.records();
    meters.count(Count.AUDIT_RECORDS_SERVED, "page", records.size());
    String next = page.more() ? ",\"next\":\"" + records.get(records.size() - 1).id() + "\"" : "";
    String body =
        records.stream()
            .map(StoredRecord::json)
            .collect(Collectors.joining(",", "{\"records\":[", "]" + next + "}"));
    return new Reply(200, JSON, body, Map.of());
  }

  private Future<Reply> all(Call call, OpenStream.Right right, LogQuery query) {
    BuildingId building = right.building().id();
    return reader
        .newest(building)
        .map(newest -> newest.orElse(RecordId.BEGINNING))
        .map(
            end ->
                begun(
                    call,
                    () -> {
                      OpenStream open = OpenStream.open(parts, Kind.NDJSON, right, call, NDJSON);
                      new NdjsonStream(open, reader, building).send(query, end);
                    }));
  }

  private Future<Reply> follow(Call call, OpenStream.Right right, Optional<RecordId> resumed) {
    BuildingId building = right.building().id();
    return start(building, resumed)
        .map(
            start ->
                begun(
                    call,
                    () -> {
                      OpenStream open = OpenStream.open(parts, Kind.EVENTS, right, call, EVENTS);
                      new EventStream(open, reader, building, live).from(start);
                    }));
  }

  /** Known before the answer begins: what is recorded from then on will be told. */
  private Future<EventStream.Start> start(BuildingId building, Optional<RecordId> resumed) {
    return resumed
        .map(
            place ->
                reader.oldest(building).map(oldest -> EventStream.Start.resumed(place, oldest)))
        .orElseGet(
            () ->
                reader
                    .newest(building)
                    .map(newest -> EventStream.Start.anew(newest.orElse(RecordId.BEGINNING))));
  }

  private static Reply begun(Call call, Runnable begin) {
    if (!call.abandoned()) {
      begin.run();
    }
    return Reply.underWay();
  }
}
