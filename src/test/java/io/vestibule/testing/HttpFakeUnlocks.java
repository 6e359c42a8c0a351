package io.vestibule.testing;

import io.vertx.core.Future;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.grant.Attempt;
import io.vestibule.unlock.Answer;
import io.vestibule.unlock.LateAck;
import io.vestibule.unlock.Submission;
import io.vestibule.unlock.Unlocks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Unlocks that answer what they are told to, and remember what they were asked. */
public final class HttpFakeUnlocks implements Unlocks {
  public final List<Submission> submissions = new CopyOnWriteArrayList<>();
  public final AtomicInteger lockdownCount = new AtomicInteger();
  public final Map<UnlockId, Attempt> attempts = new ConcurrentHashMap<>();
  private volatile Supplier<Future<Answer>> next =
      () -> Future.failedFuture(new IllegalStateException("nothing to answer"));

  public void answer(Answer answer) {
    next = () -> Future.succeededFuture(answer);
  }

  public void deny(Reason reason, Duration retryAfter) {
    answer(new Answer.Denied(reason, Optional.empty(), retryAfter));
  }

  public void answer(Supplier<Future<Answer>> answer) {
    next = answer;
  }

  @Override
  public Future<Answer> unlock(Submission submission) {
    submissions.add(submission);
    return next.get();
  }

  @Override
  public Future<Optional<Attempt>> find(UnlockId unlock) {
    return Future.succeededFuture(Optional.ofNullable(attempts.get(unlock)));
  }

  @Override
  public Future<Void> lateAck(LateAck ack) {
    return Future.succeededFuture();
  }

  @Override
  public void lockdownChanged() {
    lockdownCount.incrementAndGet();
  }

  @Override
  public int inFlightCount() {
    return 0;
  }
}
