package io.vestibule.http;

import io.vestibule.audit.AuditReader;
import io.vestibule.audit.RecordId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Which records are asked for: those after a place, and how many at the most. */
record LogQuery(RecordId after, OptionalInt limit) {
  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";
  private static final Pattern LIMIT_SYNTAX = Pattern.compile("[1-9][0-9]{0,3}");

  /**
   * 400 naming the parameter that is unknown, repeated or malformed; an empty cursor is none, as
   * whoever pages in a loop sends it first.
   */
  static LogQuery of(Call call) {
    Map<String, String> parameters = call.parameters(Set.of(LIMIT, CURSOR));
    return new LogQuery(
        Optional.ofNullable(parameters.get(CURSOR))
            .filter(text -> !text.isEmpty())
            .map(LogQuery::cursor)
            .orElse(RecordId.BEGINNING),
        Optional.ofNullable(parameters.get(LIMIT))
            .map(LogQuery::limit)
            .orElseGet(OptionalInt::empty));
  }

  /**
   * The place that a reader of events resumes after; empty where it starts anew, as with the empty
   * id of a reader that has seen none. 400 where it is malformed.
   */
  static Optional<RecordId> resumed(Call call) {
    call.parameters(Set.of());
    List<String> values = call.headers("Last-Event-ID");
    if (values.size() > 1) {
      throw Refusal.malformed("The header Last-Event-ID is given more than once.");
    }
    return values.stream()
        .findFirst()
        .filter(text -> !text.isEmpty())
        .map(
            text ->
                RecordId.parse(text)
                    .orElseThrow(
                        () -> Refusal.malformed("The header Last-Event-ID is no record's id.")));
  }

  private static RecordId cursor(String text) {
    return RecordId.parse(text)
        .orElseThrow(() -> Refusal.malformed("The parameter cursor is no record's id."));
  }

  private static OptionalInt limit(String text) {
    int limit = LIMIT_SYNTAX.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > AuditReader.COUNT_MAX) {
      throw Refusal.malformed(
          "The parameter limit is a whole number from 1 to " + AuditReader.COUNT_MAX + ".");
    }
    return OptionalInt.of(limit);
  }
}
