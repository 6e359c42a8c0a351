package io.vestibule.audit;

import io.vestibule.access.Reason;

/**
 * A request with a good signature that was refused at a known door before any claim.
 *
 * @param retentionDays how many days the building keeps its records
 */
public record Denial(AuditRecord record, Reason reason, int retentionDays) {}
