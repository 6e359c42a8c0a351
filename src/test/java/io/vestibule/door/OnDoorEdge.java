package io.vestibule.door;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests before a listening edge for doors, a new one for each. */
abstract class OnDoorEdge {
  @TempDir Path directory;
  DoorEdge edge;

  @BeforeEach
  final void start() {
    edge = new DoorEdge(directory);
  }

  @AfterEach
  final void stop() {
    edge.close();
  }
}
