package io.vestibule.audit;

/**
 * A record as it is served.
 *
 * @param json the CloudEvent with its {@code id}, on one line
 */
public record StoredRecord(RecordId id, String json) {}
