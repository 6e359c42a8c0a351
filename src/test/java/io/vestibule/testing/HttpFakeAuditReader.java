package io.vestibule.testing;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.audit.AuditPage;
import io.vestibule.audit.AuditReader;
import io.vestibule.audit.RecordId;
import java.util.List;
import java.util.Optional;

/** Logs without a record. */
public final class HttpFakeAuditReader implements AuditReader {
  @Override
  public Future<AuditPage> after(BuildingId building, RecordId place, int countMax) {
    return Future.succeededFuture(new AuditPage(List.of(), /* more= */ false));
  }

  @Override
  public Future<Optional<RecordId>> oldest(BuildingId building) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Optional<RecordId>> newest(BuildingId building) {
    return Future.succeededFuture(Optional.empty());
  }
}
