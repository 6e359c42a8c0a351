package io.vestibule.access;

import java.time.Instant;
import java.util.Optional;

/** What a decision asks about: who, where they say they are, and when. */
public record AccessRequest(Courier courier, Optional<Location> geo, Instant at) {}
