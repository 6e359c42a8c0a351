package io.vestibule.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.concurrent.LoopConfined;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps the terminal up to date while the play runs: a picture drawn over itself, or plain lines
 * where that cannot be.
 */
@LoopConfined
final class Show {
  private static final long PICTURE_EVERY_MS = 200;
  private static final long LINE_EVERY_MS = 3_000;

  private final Vertx vertx;
  private final Terminal terminal;
  private final Screen screen;
  private final Supplier<Picture> now;

  private final List<Long> timers = new ArrayList<>();
  private int drawnLineCount;
  private int printedSceneCount;
  private boolean drawing;

  Show(Vertx vertx, Terminal terminal, Supplier<Picture> now) {
    this.vertx = vertx;
    this.terminal = terminal;
    this.screen = new Screen(terminal);
    this.now = now;
  }

  void start() {
    timers.add(vertx.setPeriodic(PICTURE_EVERY_MS, tick -> update()));
    if (!terminal.live()) {
      timers.add(vertx.setPeriodic(LINE_EVERY_MS, tick -> print(List.of(screen.line(now.get())))));
    }
  }

  /** Shows the last moment; completes once it is on the terminal. */
  Future<Void> end() {
    timers.forEach(vertx::cancelTimer);
    return terminal.live() ? draw() : print(newScenes());
  }

  private void update() {
    // A terminal that does not take a picture in time is spared the next.
    if (drawing) {
      return;
    }
    drawing = true;
    Future<Void> drawn = terminal.live() ? draw() : print(newScenes());
    drawn.onComplete(done -> drawing = false);
  }

  private Future<Void> draw() {
    List<String> lines = screen.lines(now.get());
    int linesBefore = drawnLineCount;
    drawnLineCount = lines.size();
    return written(() -> terminal.redraw(linesBefore, lines));
  }

  private List<String> newScenes() {
    List<Played> played = now.get().played();
    List<String> lines =
        played.subList(printedSceneCount, played.size()).stream().map(screen::scene).toList();
    printedSceneCount = played.size();
    return lines;
  }

  private Future<Void> print(List<String> lines) {
    return lines.isEmpty() ? Future.succeededFuture() : written(() -> terminal.print(lines));
  }

  /** A terminal may block; what is written in order stays in order. */
  private Future<Void> written(Runnable write) {
    return vertx
        .executeBlocking(
            () -> {
              write.run();
              return true;
            },
            true)
        .mapEmpty();
  }
}
