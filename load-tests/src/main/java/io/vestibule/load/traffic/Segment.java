package io.vestibule.load.traffic;

/** A part of a phase: its requests, and when each is due. */
final class Segment implements AutoCloseable {
  private final long[] due;
  private final SignedRequests requests;

  /**
   * Takes both.
   *
   * @param due in nanoseconds from the start of the phase, in order
   */
  Segment(long[] due, SignedRequests requests) {
    this.due = due;
    this.requests = requests;
  }

  int count() {
    return due.length;
  }

  long due(int index) {
    return due[index];
  }

  SignedRequests requests() {
    return requests;
  }

  @Override
  public void close() {
    requests.close();
  }
}
