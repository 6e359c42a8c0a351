package io.vestibule.grant;

import io.vestibule.access.BuildingId;
import java.time.Instant;
import java.util.Optional;

/** A grant with what became of it: visits used, and when it was revoked or its delivery ended. */
public record GrantState(
    Grant grant,
    BuildingId building,
    int usedCount,
    Optional<Instant> revokedAt,
    Optional<Instant> closedAt) {}
