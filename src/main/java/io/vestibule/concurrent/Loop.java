package io.vestibule.concurrent;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** An event loop as the owner of state: work that touches the state runs there and nowhere else. */
public final class Loop {
  private final ContextInternal context;

  private Loop(ContextInternal context) {
    this.context = context;
  }

  /** The loop that the caller runs on. */
  public static Loop current() {
    Context context = Vertx.currentContext();
    if (context == null || !context.isEventLoopContext()) {
      throw new IllegalStateException("not on an event loop");
    }
    return new Loop(((ContextInternal) context).unwrap());
  }

  /** The next in turn of the instance's loops. */
  public static Loop next(Vertx vertx) {
    return new Loop(((VertxInternal) vertx).createEventLoopContext());
  }

  /** Every loop of the instance, each apart from any verticle. */
  public static List<Loop> all(Vertx vertx) {
    List<Loop> loops = new ArrayList<>();
    VertxInternal owner = (VertxInternal) vertx;
    owner.nettyEventLoopGroup().forEach(loop -> loops.add(on(owner, (EventLoop) loop)));
    return loops;
  }

  private static Loop on(VertxInternal owner, EventLoop loop) {
    return new Loop(
        owner
            .contextBuilder()
            .withThreadingModel(ThreadingModel.EVENT_LOOP)
            .withEventLoop(loop)
            .build());
  }

  /** Compares threads, not contexts: vertx-web runs requests in duplicated contexts. */
  public void check() {
    if (!here()) {
      throw new IllegalStateException("not on the owning event loop");
    }
  }

  /** Runs the work on this loop, at once if the caller is on it; completes on the caller's. */
  public <T> Future<T> call(Supplier<Future<T>> work) {
    if (here()) {
      return answer(work);
    }
    ContextInternal caller = (ContextInternal) Vertx.currentContext();
    Promise<T> answer = caller == null ? Promise.promise() : caller.promise();
    context.runOnContext(nothing -> answer(work).onComplete(answer));
    return answer.future();
  }

  /** The same answer, completed on the caller's context if the caller has one. */
  public static <T> Future<T> onCaller(Future<T> answer) {
    ContextInternal caller = (ContextInternal) Vertx.currentContext();
    if (caller == null) {
      return answer;
    }
    Promise<T> transferred = caller.promise();
    answer.onComplete(transferred);
    return transferred.future();
  }

  /** Runs the work on this loop; nobody waits for it. */
  public void run(Runnable work) {
    if (here()) {
      work.run();
    } else {
      context.runOnContext(nothing -> work.run());
    }
  }

  /** The same loop apart from any verticle: what is made on it outlives whoever asked. */
  public Loop detached() {
    return on(context.owner(), context.nettyEventLoop());
  }

  /** Runs the work on this loop as its own, later even if the caller is on it. */
  public void post(Runnable work) {
    context.runOnContext(nothing -> work.run());
  }

  private static <T> Future<T> answer(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException bug) {
      // The asker must hear of it on whichever loop, or would wait for ever.
      return Future.failedFuture(bug);
    }
  }

  private boolean here() {
    return context.nettyEventLoop().inEventLoop();
  }
}
