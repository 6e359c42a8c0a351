package io.vestibule.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.metrics.Scrape;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** At most one scrape under way for each format: whoever asks meanwhile gets its text. */
@LoopConfined
final class SharedScrapes {
  private final Loop loop;
  private final WorkerExecutor worker;
  private final Scrape scrape;
  private final Map<Scrape.Format, Future<Scrape.Text>> underWay =
      new EnumMap<>(Scrape.Format.class);

  SharedScrapes(Loop loop, WorkerExecutor worker, Scrape scrape) {
    this.loop = loop;
    this.worker = worker;
    this.scrape = scrape;
  }

  /** The first of a process loads classes for most of a second: no scraper should wait for it. */
  Future<Void> warm() {
    return Future.join(Stream.of(Scrape.Format.values()).map(this::text).toList()).mapEmpty();
  }

  /** At most as old as the scrape that was under way; fails only with a bug. */
  Future<Scrape.Text> text(Optional<String> accept) {
    return text(Scrape.Format.asked(accept));
  }

  private Future<Scrape.Text> text(Scrape.Format format) {
    loop.check();
    return Optional.ofNullable(underWay.get(format)).orElseGet(() -> begin(format));
  }

  private Future<Scrape.Text> begin(Scrape.Format format) {
    Promise<Scrape.Text> shared = Promise.promise();
    underWay.put(format, shared.future());
    worker
        .executeBlocking(() -> scrape.text(format), false)
        .onComplete((text, bug) -> loop.post(() -> ended(format, shared, text, bug)));
    return shared.future();
  }

  private void ended(
      Scrape.Format format,
      Promise<Scrape.Text> shared,
      Scrape.@Nullable Text text,
      @Nullable Throwable bug) {
    underWay.remove(format);
    if (text == null) {
      shared.fail(Objects.requireNonNull(bug));
    } else {
      shared.complete(text);
    }
  }
}
