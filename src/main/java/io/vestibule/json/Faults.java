package io.vestibule.json;

import java.util.ArrayList;
import java.util.List;

/** The faults found in one document, gathered so that all are told at once; at most 100. */
public final class Faults {
  private static final int COUNT_MAX = 100;

  private final List<Fault> faults = new ArrayList<>();
  private int outOfRangeCount;

  public void add(String pointer, String detail) {
    if (faults.size() < COUNT_MAX) {
      faults.add(new Fault(pointer, detail));
    }
  }

  /** A number of the right kind, past its bounds. */
  void addOutOfRange(String pointer, String detail) {
    outOfRangeCount += faults.size() < COUNT_MAX ? 1 : 0;
    add(pointer, detail);
  }

  /** Whether there are any, and every one is a number past its bounds. */
  public boolean onlyOutOfRange() {
    return !none() && outOfRangeCount == faults.size();
  }

  public boolean none() {
    return faults.isEmpty();
  }

  public List<Fault> list() {
    return List.copyOf(faults);
  }
}
