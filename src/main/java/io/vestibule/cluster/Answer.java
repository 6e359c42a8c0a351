package io.vestibule.cluster;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import java.time.Instant;

/**
 * What became of a command.
 *
 * @param id of the {@link Ask}
 * @param at by the door's clock where the door said so, else by the owner's
 */
public record Answer(long id, DoorId door, UnlockId unlock, Said said, Instant at) {}
