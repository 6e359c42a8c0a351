package io.vestibule.access;

/** A door with the site that it stands in. */
public record Premises(Door door, Site site) {}
