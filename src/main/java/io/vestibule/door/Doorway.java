package io.vestibule.door;

import io.vertx.core.Vertx;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.concurrent.Loop;

/**
 * What the connections of one event loop share.
 *
 * @param events that go to the audit log, by door
 * @param connects that are accepted, by door: each may put two records on the log
 */
record Doorway(
    Vertx vertx,
    Loop loop,
    DoorServer.Parts parts,
    DoorMeters meters,
    DoorLimits limits,
    DoorRegistry registry,
    Allowances events,
    Allowances connects,
    ConnectCheck check,
    Homes homes,
    Sweeper sweeper,
    PresenceLog presence,
    LimitedLog strangers) {}
