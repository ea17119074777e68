package io.coldstream.cli.compose;

import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.work.Workers;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PartMemory;
import io.coldstream.store.Pause;
import io.coldstream.store.RetryPolicy;
import io.coldstream.store.RetryingStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreProvider;
import io.coldstream.store.StoreProviders;
import io.coldstream.store.StoreSettings;
import io.coldstream.store.StoreTools;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open store and the threads to use it with. Whoever opens it closes it, which ends the threads
 * and releases the connections.
 */
public final class Composition implements AutoCloseable {

  private static final long LONGEST_END_SECONDS = 20;

  /** Of the heap, what parts in flight may hold. */
  private static final int PART_SHARE = 4;

  private static final int PART_THREADS = 8;

  private final RepositoryAddress address;
  private final ObjectStore store;
  private final ExecutorService pool;
  private final ExecutorService partPool;
  private final Workers workers;

  private Composition(
      RepositoryAddress address, ObjectStore store, ExecutorService partPool, int parallel) {
    this.address = address;
    this.store = store;
    this.partPool = partPool;
    this.pool = pool("coldstream-transfer-", parallel);
    this.workers = new Workers(pool, parallel);
  }

  /**
   * Opens a store; it is not asked anything yet.
   *
   * @param address where it is
   * @param state the folder for what is kept between runs; need not exist
   * @return the store and its threads
   * @throws RunException what the store's refusal means
   */
  public static Composition open(RepositoryAddress address, Path state) throws RunException {
    ExecutorService partPool = pool("coldstream-part-", PART_THREADS);
    try {
      StoreProvider provider = StoreProviders.forUrl(address.url());
      StoreSettings settings = StoreSettings.of(address.storeSettings(), provider.settingNames());
      StoreTools tools = new StoreTools(
          partPool,
          new PartMemory(Runtime.getRuntime().maxMemory() / PART_SHARE),
          Optional.of(state.resolve("sessions")));
      ObjectStore store = decorated(provider.open(address.url(), settings, tools), settings);
      return new Composition(address, store, partPool, settings.parallel());
    } catch (StoreException e) {
      partPool.shutdownNow();
      throw RunException.of(e);
    }
  }

  /** The one place where decorators are stacked; the last one is the outermost. */
  private static ObjectStore decorated(ObjectStore bare, StoreSettings settings) {
    return new RetryingStore(bare, RetryPolicy.of(settings), new Random(), Pause.SLEEP);
  }

  private static ExecutorService pool(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads, work -> new Thread(work, name + number.incrementAndGet()));
  }

  /** {@return the store, which tries again what may succeed later} */
  public ObjectStore store() {
    return store;
  }

  /** {@return what people call the repository: its URL without a query} */
  public String url() {
    return address.toString();
  }

  /** {@return does several things at once, as many as the settings allow} */
  public Workers workers() {
    return workers;
  }

  @Override
  public void close() {
    pool.shutdownNow();
    partPool.shutdownNow();
    try {
      pool.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
      partPool.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
