package io.vestibule.door;

import io.vertx.core.Vertx;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.concurrent.Loop;

/** What the connections of one event loop share. */
record Doorway(
    Vertx vertx,
    Loop loop,
    DoorServer.Parts parts,
    DoorMeters meters,
    DoorLimits limits,
    DoorRegistry registry,
    ConnectCheck check,
    Homes homes,
    Sweeper sweeper,
    PresenceLog presence,
    LimitedLog strangers) {}
