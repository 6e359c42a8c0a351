package io.vestibule.testing;

import static org.awaitility.Awaitility.await;

import io.vestibule.store.ChangeListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything that was told of changes. */
public final class ToldChanges implements ChangeListener {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<Long> proofs = new CopyOnWriteArrayList<>();
  private final AtomicInteger standing = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger allChanged = new AtomicInteger();

  @Override
  public void standing() {
    standing.incrementAndGet();
  }

  @Override
  public void lost() {
    lost.incrementAndGet();
  }

  @Override
  public void changed(String key) {
    keys.add(key);
  }

  @Override
  public void allChanged() {
    allChanged.incrementAndGet();
  }

  @Override
  public void provenAt(long nanos) {
    proofs.add(nanos);
  }

  public void awaitStanding(int count) {
    await().atMost(PATIENCE).until(() -> standing.get() >= count);
  }

  public void awaitLost(int count) {
    await().atMost(PATIENCE).until(() -> lost.get() >= count);
  }

  public List<String> keys() {
    return List.copyOf(keys);
  }

  public List<Long> proofs() {
    return List.copyOf(proofs);
  }

  public int standingCount() {
    return standing.get();
  }

  public int lostCount() {
    return lost.get();
  }

  public int allChangedCount() {
    return allChanged.get();
  }

  public void forget() {
    keys.clear();
    proofs.clear();
    standing.set(0);
    lost.set(0);
    allChanged.set(0);
  }
}
