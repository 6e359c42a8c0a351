package io.vestibule.config;

/** Whose bearer tokens are believed; {@code jwks} is a file or an http(s) URL. */
public record AuthConfig(String issuer, String audience, String jwks) {}
