package io.vestibule.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The faults found so far; at most 100 are kept, so that a file of rubbish stays readable. */
final class FaultList {
  private static final int COUNT_MAX = 100;

  private final List<ConfigFault> faults = new ArrayList<>();

  void add(String key, String detail) {
    if (faults.size() < COUNT_MAX) {
      faults.add(new ConfigFault(key, detail));
    }
  }

  boolean none() {
    return faults.isEmpty();
  }

  void throwIfAnyOf(Key... keys) throws ConfigFaults {
    List<String> names = Stream.of(keys).map(Key::dotted).toList();
    List<ConfigFault> ofThem = faults.stream().filter(f -> names.contains(f.key())).toList();
    if (!ofThem.isEmpty()) {
      throw new ConfigFaults(ofThem);
    }
  }

  void throwIfAny() throws ConfigFaults {
    if (!faults.isEmpty()) {
      throw new ConfigFaults(faults);
    }
  }
}
