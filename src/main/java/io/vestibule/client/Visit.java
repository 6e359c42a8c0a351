package io.vestibule.client;

import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Location;
import java.util.Optional;

/**
 * What a courier wants at a door.
 *
 * @param label the text of the parcel's label; only its hash goes out
 * @param geo where the courier says they are
 */
public record Visit(DoorId door, GrantId grant, Optional<String> label, Optional<Location> geo) {

  /** With a parcel in hand, saying nothing of the place. */
  public static Visit withParcel(DoorId door, GrantId grant, String label) {
    return new Visit(door, grant, Optional.of(label), Optional.empty());
  }
}
