package io.vestibule.config;

import java.time.Duration;

/** This gateway among others. */
public record NodeConfig(String id, Duration lease) {}
