package io.coldstream.cli.compose;

import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.work.Workers;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Pause;
import io.coldstream.store.RetryPolicy;
import io.coldstream.store.RetryingStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreProvider;
import io.coldstream.store.StoreProviders;
import io.coldstream.store.StoreSettings;
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

  private final RepositoryAddress address;
  private final ObjectStore store;
  private final ExecutorService pool;
  private final Workers workers;

  private Composition(RepositoryAddress address, ObjectStore store, int parallel) {
    this.address = address;
    this.store = store;
    this.pool = pool(parallel);
    this.workers = new Workers(pool, parallel);
  }

  /**
   * Opens a store; it is not asked anything yet.
   *
   * @param address where it is
   * @return the store and its threads
   * @throws RunException what the store's refusal means
   */
  public static Composition open(RepositoryAddress address) throws RunException {
    try {
      StoreProvider provider = StoreProviders.forUrl(address.url());
      StoreSettings settings = StoreSettings.of(address.storeSettings(), provider.settingNames());
      ObjectStore store = decorated(provider.open(address.url(), settings), settings);
      return new Composition(address, store, settings.parallel());
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  /** The one place where decorators are stacked; the last one is the outermost. */
  private static ObjectStore decorated(ObjectStore bare, StoreSettings settings) {
    return new RetryingStore(bare, RetryPolicy.of(settings), new Random(), Pause.SLEEP);
  }

  private static ExecutorService pool(int parallel) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        parallel, work -> new Thread(work, "coldstream-transfer-" + number.incrementAndGet()));
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
    try {
      pool.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
