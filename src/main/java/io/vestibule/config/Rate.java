package io.vestibule.config;

import java.time.Duration;

/** So many in any stretch of this length. */
public record Rate(int countMax, Duration per) {}
