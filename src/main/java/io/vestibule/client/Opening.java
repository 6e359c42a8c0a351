package io.vestibule.client;

import java.time.Instant;

/** One time that a door opened, and the unlock that it was for. */
public record Opening(String unlock, Instant at) {}
