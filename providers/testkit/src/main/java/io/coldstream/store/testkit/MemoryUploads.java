package io.coldstream.store.testkit;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The unfinished uploads of a {@link MemoryStore} and of all its connections. Thread-safe. */
final class MemoryUploads {

  private final NavigableMap<Long, Upload> unfinished = new ConcurrentSkipListMap<>();
  private final AtomicLong serial = new AtomicLong();

  private record Upload(ObjectName name, Instant begun) {}

  /** Begins an upload. */
  long begin(ObjectName name, Instant begun) {
    long upload = serial.incrementAndGet();
    unfinished.put(upload, new Upload(name, begun));
    return upload;
  }

  /** Ends an upload, completed or not. */
  void end(long upload) {
    unfinished.remove(upload);
  }

  /** The names of those that were begun and not ended, oldest first. */
  List<ObjectName> names() {
    return unfinished.values().stream().map(Upload::name).toList();
  }

  /** Removes those of a prefix that were begun before a limit, and tells how many. */
  int remove(ObjectPrefix prefix, Instant limit) {
    int removed = 0;
    for (Map.Entry<Long, Upload> entry : unfinished.entrySet()) {
      Upload upload = entry.getValue();
      if (prefix.holds(upload.name())
          && upload.begun().isBefore(limit)
          && unfinished.remove(entry.getKey(), upload)) {
        removed++;
      }
    }
    return removed;
  }
}
