package io.vestibule.audit;

import java.util.List;

/**
 * Some records of a building in the order of recording.
 *
 * @param more whether there were further ones when these were read
 */
public record AuditPage(List<StoredRecord> records, boolean more) {
  public AuditPage {
    records = List.copyOf(records);
  }
}
