package io.vestibule.access;

/** A carrier's courier, as far as a decision needs to know. */
public record Courier(CourierId id, CarrierId carrier, Screening screening, Status status) {}
