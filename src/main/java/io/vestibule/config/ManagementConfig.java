package io.vestibule.config;

/** The address of health and metrics. */
public record ManagementConfig(String host, int port) {}
