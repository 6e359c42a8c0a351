package io.vestibule.directory;

import io.vestibule.access.Door;
import io.vestibule.access.ManagerId;
import java.util.Optional;

/**
 * A door as its manager asks for it.
 *
 * @param secret as given, and absent to keep the old one
 * @param manager whom the writer takes for the owner of the building, where they name one
 */
public record DoorDraft(
    Door door, Optional<String> name, Optional<String> secret, Optional<ManagerId> manager) {

  /** That names no manager. */
  public DoorDraft(Door door, Optional<String> name, Optional<String> secret) {
    this(door, name, secret, Optional.empty());
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "DoorDraft[" + door.id() + "]";
  }
}
