package io.vestibule.config;

import java.time.Duration;

/** The bounds of an unlock. */
public record UnlockConfig(
    Duration deadline, Duration ackTimeout, int inFlightMax, Rate ratePerDoor) {}
