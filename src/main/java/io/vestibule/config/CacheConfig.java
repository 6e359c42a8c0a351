package io.vestibule.config;

import java.time.Duration;

/**
 * How much of the directory is kept in memory, and how old it may be without a proof that nothing
 * has changed.
 */
public record CacheConfig(long bytesMax, Duration ageMax) {}
