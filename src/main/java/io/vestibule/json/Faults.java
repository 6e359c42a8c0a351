package io.vestibule.json;

import java.util.ArrayList;
import java.util.List;

/** The faults found in one document, gathered so that all are told at once; at most 100. */
public final class Faults {
  private static final int COUNT_MAX = 100;

  private final List<Fault> faults = new ArrayList<>();

  public void add(String pointer, String detail) {
    if (faults.size() < COUNT_MAX) {
      faults.add(new Fault(pointer, detail));
    }
  }

  public boolean none() {
    return faults.isEmpty();
  }

  public List<Fault> list() {
    return List.copyOf(faults);
  }
}
