package io.vestibule.client;

import java.util.Optional;

/** What the gateway answered to a request read at a door: the state, and why not if refused. */
public record Response(String request, String state, Optional<String> reason) {}
