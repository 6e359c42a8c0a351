package io.vestibule.directory;

import io.vestibule.access.Door;
import io.vestibule.access.Premises;
import io.vestibule.access.Site;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a decision stands on; empty where the directory knows no such courier or door. */
public final class Facts {
  private final @Nullable CourierEntry courier;
  private final @Nullable Door door;
  private final @Nullable Site site;

  Facts(@Nullable CourierEntry courier, @Nullable Door door, @Nullable Site site) {
    this.courier = courier;
    this.door = door;
    this.site = site;
  }

  public static Facts of(Optional<CourierEntry> courier, Optional<Premises> premises) {
    return new Facts(
        courier.orElse(null),
        premises.map(Premises::door).orElse(null),
        premises.map(Premises::site).orElse(null));
  }

  public Optional<CourierEntry> courier() {
    return Optional.ofNullable(courier);
  }

  public Optional<Premises> premises() {
    return door == null || site == null ? Optional.empty() : Optional.of(new Premises(door, site));
  }
}
