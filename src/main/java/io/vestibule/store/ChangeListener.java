package io.vestibule.store;

/** Hears which keys changed, all of it in order and on one event loop. */
public interface ChangeListener {
  /** From now on every change is told: what is read from Redis after this call may be kept. */
  void standing();

  /** Changes may go untold from now on: nothing that was kept may be believed. */
  void lost();

  /** The key was written, deleted or has expired. */
  void changed(String key);

  /** Every key may have changed, as by FLUSHALL. */
  void allChanged();

  /**
   * Every change made before this moment has been told.
   *
   * @param nanos of {@link io.vestibule.time.Time#nanoTime}
   */
  void provenAt(long nanos);
}
