package io.vestibule.audit;

import io.vestibule.concurrent.LoopConfined;
import java.util.List;
import java.util.function.Consumer;

/** One reader's watch over a log: how far it has been told. */
@LoopConfined
public final class Watch {
  private final LiveLog.Watcher watcher;
  private final Consumer<Watch> leaving;
  private RecordId place;
  private boolean ended;

  Watch(RecordId place, LiveLog.Watcher watcher, Consumer<Watch> leaving) {
    this.place = place;
    this.watcher = watcher;
    this.leaving = leaving;
  }

  /** Nothing is told from here on; a second time does nothing. */
  public void end() {
    if (!ended) {
      ended = true;
      leaving.accept(this);
    }
  }

  RecordId place() {
    return place;
  }

  void tell(List<StoredRecord> records) {
    List<StoredRecord> unseen =
        records.stream().filter(record -> record.id().after(place)).toList();
    if (ended || unseen.isEmpty()) {
      return;
    }
    place = unseen.get(unseen.size() - 1).id();
    watcher.recorded(unseen);
  }

  void fail(Throwable bug) {
    if (!ended) {
      end();
      watcher.failed(bug);
    }
  }
}
