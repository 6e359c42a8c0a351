package io.vestibule.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;

/** Gathers a stream up to a bound. */
final class Body {
  /** The stream goes on past the bound. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("too large", null, false, false);
    }
  }

  private Body() {}

  /**
   * All bytes of a paused or fresh stream. Fails with {@link TooLarge} as soon as there are more;
   * what follows is dropped.
   */
  static Future<Buffer> collect(ReadStream<Buffer> stream, int bytesMax) {
    // On the context of whoever asks: its own loop then keeps the time of who waits for it.
    Promise<Buffer> all = ((ContextInternal) Vertx.currentContext()).promise();
    Buffer gathered = Buffer.buffer();
    stream.exceptionHandler(all::tryFail);
    stream.endHandler(end -> all.tryComplete(gathered));
    stream.handler(
        chunk -> {
          if (all.future().isComplete()) {
            return;
          }
          if (gathered.length() + chunk.length() > bytesMax) {
            all.tryFail(new TooLarge());
          } else {
            gathered.appendBuffer(chunk);
          }
        });
    stream.resume();
    return all.future();
  }

  /** Reads on and keeps nothing; completes at the stream's end. */
  static Future<Void> drop(ReadStream<Buffer> stream) {
    Promise<Void> end = ((ContextInternal) Vertx.currentContext()).promise();
    stream.exceptionHandler(end::tryFail);
    stream.endHandler(nothing -> end.tryComplete());
    stream.handler(chunk -> {});
    stream.resume();
    return end.future();
  }
}
