package io.vestibule.door;

import io.vestibule.access.DoorId;
import io.vestibule.cluster.Session;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Loop;
import java.time.Instant;

/** A door's live connection as other loops see it: where to reach it and whether it listens. */
@AnyThread
final class Registration implements Session {
  private final DoorId door;
  private final LineKind kind;
  private final Loop loop;
  private final DoorConnection connection;
  private final Instant since;

  /** Written on the connection's loop, read on any. */
  private volatile boolean listening;

  Registration(DoorId door, LineKind kind, Loop loop, DoorConnection connection, Instant since) {
    this.door = door;
    this.kind = kind;
    this.loop = loop;
    this.connection = connection;
    this.since = since;
  }

  DoorId door() {
    return door;
  }

  LineKind kind() {
    return kind;
  }

  Loop loop() {
    return loop;
  }

  /** To be touched on {@link #loop()} alone. */
  DoorConnection connection() {
    return connection;
  }

  @Override
  public Instant since() {
    return since;
  }

  /** Whether the door has subscribed to its commands. */
  boolean listening() {
    return listening;
  }

  void listening(boolean listens) {
    listening = listens;
  }

  /** Sends the door elsewhere, on its own loop, unless its {@link Departure} is not due. */
  void drain() {
    loop.run(connection::drain);
  }

  /** Ends the connection, on its own loop. */
  void end(Ending ending) {
    loop.run(() -> connection.end(ending));
  }
}
