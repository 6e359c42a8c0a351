package io.vestibule.json;

/** What is wrong with one member, by its JSON pointer (RFC 6901). */
public record Fault(String pointer, String detail) {}
