package io.vestibule.load.faults;

import java.util.List;

/**
 * What everybody saw of one run: the couriers, the doors, and the audit log in its order.
 *
 * @param boots of the doors, in their order
 */
record Evidence(
    List<Attempt> attempts,
    List<DoorRecord> doors,
    List<String> boots,
    List<Grant> grants,
    List<AuditRecord> log) {}
