package io.vestibule.testing;

import io.vertx.core.Future;
import io.vestibule.access.UnlockId;
import io.vestibule.grant.Attempt;
import io.vestibule.unlock.Answer;
import io.vestibule.unlock.LateAck;
import io.vestibule.unlock.Submission;
import io.vestibule.unlock.Unlocks;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Unlocks that answer as a test scripts them. */
public final class FakeUnlocks implements Unlocks {
  private final List<Submission> submissions = new CopyOnWriteArrayList<>();
  private final List<LateAck> lateAcks = new CopyOnWriteArrayList<>();
  private volatile Function<Submission, Future<Answer>> script =
      submission -> Future.failedFuture(new IllegalStateException("no script"));

  public void answer(Function<Submission, Future<Answer>> answer) {
    script = answer;
  }

  public List<Submission> submissions() {
    return submissions;
  }

  public List<LateAck> lateAcks() {
    return lateAcks;
  }

  @Override
  public Future<Answer> unlock(Submission submission) {
    submissions.add(submission);
    return script.apply(submission);
  }

  @Override
  public Future<Optional<Attempt>> find(UnlockId unlock) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Void> lateAck(LateAck ack) {
    lateAcks.add(ack);
    return Future.succeededFuture();
  }

  @Override
  public void lockdownChanged() {}

  @Override
  public int inFlightCount() {
    return 0;
  }
}
