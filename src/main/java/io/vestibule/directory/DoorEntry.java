package io.vestibule.directory;

import io.vestibule.access.Door;
import io.vestibule.access.ManagerId;
import java.util.Optional;

/**
 * A registered door: the manager it belongs to, its name, and the hash of its secret if it has one.
 */
public record DoorEntry(
    Door door, ManagerId manager, Optional<String> name, Optional<DoorSecret> secret) {}
