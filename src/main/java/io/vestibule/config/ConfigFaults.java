package io.vestibule.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration was refused; every fault at once, one line each, without secrets. */
public final class ConfigFaults extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigFault> faults;

  ConfigFaults(List<ConfigFault> faults) {
    super(
        faults.stream().map(ConfigFault::toString).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.faults = List.copyOf(faults);
  }

  /** Never empty. */
  public List<ConfigFault> faults() {
    return faults;
  }
}
