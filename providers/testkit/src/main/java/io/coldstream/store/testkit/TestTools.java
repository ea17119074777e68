package io.coldstream.store.testkit;

import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreTools;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;

/**
 * What stores under test work with: threads that all of them share and that end with the JVM, and room
 * for two parts of the default size for each store, so that parts do go side by side.
 */
public final class TestTools {

  private static final long ROOM_BYTES = 2 * (16L << 20);
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(4, work -> {
    Thread thread = new Thread(work, "test-part");
    thread.setDaemon(true);
    return thread;
  });

  /** The parts that a thread has given to others; its first party is that thread. */
  private static final ThreadLocal<Phaser> GIVEN = ThreadLocal.withInitial(() -> new Phaser(1));

  private TestTools() {}

  /**
   * Tools for a store that keeps nothing on this machine.
   *
   * @return threads and memory of its own
   */
  public static StoreTools parallel() {
    return tools(Optional.empty());
  }

  /**
   * Tools for a store that keeps sessions.
   *
   * @param sessions the folder for them
   * @return threads, memory of its own, and the folder
   */
  public static StoreTools parallel(Path sessions) {
    return tools(Optional.of(sessions));
  }

  private static StoreTools tools(Optional<Path> sessions) {
    return new StoreTools(TestTools::run, new PartMemory(ROOM_BYTES), sessions);
  }

  private static void run(Runnable part) {
    Phaser given = GIVEN.get();
    given.register();
    THREADS.execute(() -> {
      try {
        part.run();
      } finally {
        given.arriveAndDeregister();
      }
    });
  }

  /**
   * Waits until every part is sent that the calling thread has given to others: what a put that dies
   * next has stored is known then.
   */
  public static void awaitPartsOfThisThread() {
    GIVEN.get().arriveAndAwaitAdvance();
  }
}
