package io.coldstream.cli.compose;

import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.TransferSettings;
import io.coldstream.core.backup.upload.PresenceCachingStore;
import io.coldstream.core.lock.LockingStore;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.decorate.BandwidthLimitedStore;
import io.coldstream.store.decorate.MeteredStore;
import io.coldstream.store.decorate.Pause;
import io.coldstream.store.decorate.RateLimit;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.decorate.StoreMetrics;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * An open store and its threads. Its owner closes it, which ends the threads and releases
 * the connections.
 */
public final class Composition implements AutoCloseable {

  private static final long LONGEST_END_SECONDS = 20;

  /** Of the heap, what parts in flight may hold. */
  private static final int PART_SHARE = 4;

  private static final int PART_THREADS = 8;

  /** Of a backup's listings: about ten megabytes. */
  private static final long MAX_NAMES = 40_000;

  private final StoreLocation location;
  private final Stores stores;
  private final RunListener pace;
  private final Consumer<StoreMetrics> counted;
  private final ExecutorService pool;
  private final ExecutorService partPool;
  private final Workers workers;

  private Composition(
      StoreLocation location,
      Stores stores,
      RunListener pace,
      Consumer<StoreMetrics> counted,
      ExecutorService partPool,
      int parallel) {
    this.location = location;
    this.stores = stores;
    this.pace = pace;
    this.counted = counted;
    this.partPool = partPool;
    this.pool = pool("coldstream-transfer-", parallel);
    this.workers = new Workers(pool, parallel);
  }

  /**
   * Opens the repository's store, as fast and with the folder as is set.
   *
   * @param settings what was set
   * @param listener receives the warnings of the store
   * @param counted receives the statistics of the store at the end
   * @return the store and its threads
   * @throws RunException {@link RunException.Kind#USAGE} when no repository is set; what the store's
   *     refusal means
   */
  public static Composition open(
      Settings settings, RunListener listener, Consumer<StoreMetrics> counted) throws RunException {
    return open(
        settings.requiredRepository(), settings.state(), settings.transfer(), listener, counted);
  }

  /**
   * Opens the store that a copy goes to, as fast and with the folder as is set.
   *
   * @param target where it is
   * @param settings what was set
   * @param listener receives the warnings of the store
   * @param counted receives the statistics of the store at the end
   * @return the store and its threads
   * @throws RunException what the store's refusal means
   */
  static Composition openTarget(
      RepositoryAddress target,
      Settings settings,
      RunListener listener,
      Consumer<StoreMetrics> counted)
      throws RunException {
    return open(target, settings.state(), settings.transfer(), listener, counted);
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
    return open(address, state, TransferSettings.UNBOUNDED, RunListener.NONE, metrics -> {});
  }

  private static Composition open(
      RepositoryAddress address,
      Path state,
      TransferSettings transfer,
      RunListener listener,
      Consumer<StoreMetrics> counted)
      throws RunException {
    ExecutorService partPool = pool("coldstream-part-", PART_THREADS);
    try {
      StoreLocation location = StoreLocation.of(address);
      StoreTools tools = new StoreTools(
          partPool,
          new PartMemory(Runtime.getRuntime().maxMemory() / PART_SHARE),
          Optional.of(state.resolve("sessions")),
          warning -> listener.on(new RunEvent.Warning(warning)));
      Optional<Pacing> pacing =
          transfer.finishWithin().map(within -> new Pacing(within, System::nanoTime));
      Stores stores = decorated(location.open(tools), location.settings(), transfer, pacing);
      RunListener pace = pacing.isPresent() ? pacing.get() : RunListener.NONE;
      return new Composition(
          location, stores, pace, counted, partPool, location.settings().parallel());
    } catch (StoreException e) {
      partPool.shutdownNow();
      throw RunException.of(e);
    }
  }

  /** The same store: as it is counted, as all use it, as it locks, and as a backup uses it. */
  private record Stores(
      MeteredStore metered,
      ObjectStore store,
      Optional<LockingStore> locking,
      ObjectStore remembering) {}

  /**
   * The one place where decorators are stacked.
   *
   * <p>Counting is the innermost: it sees each attempt, and no waiting of ours between a read's
   * bytes. The limit comes next, below the retrying, because what is sent again crosses the network
   * again. Locking comes after it, so that every attempt at a put asks for the same lock.
   * Remembering is the outermost: what it answers needs no attempt. Only a backup gets it;
   * whoever checks what is there, or restores it, asks the store.
   */
  private static Stores decorated(
      ObjectStore bare,
      StoreSettings settings,
      TransferSettings transfer,
      Optional<Pacing> pacing) {
    MeteredStore metered = new MeteredStore(bare, System::nanoTime);
    ObjectStore retrying = retrying(limits(transfer, pacing).apply(metered), settings);
    Optional<LockingStore> locking =
        settings.lock().map(lock -> new LockingStore(retrying, lock, Clock.systemUTC()));
    ObjectStore store = locking.isPresent() ? locking.get() : retrying;
    return new Stores(metered, store, locking, new PresenceCachingStore(store, MAX_NAMES));
  }

  /** A store that is asked again what may succeed later, and is nothing else. */
  static ObjectStore retrying(ObjectStore store, StoreSettings settings) {
    return new RetryingStore(store, RetryPolicy.of(settings), new Random(), Pause.SLEEP);
  }

  /** Makes stores that share what may pass in a second. */
  static UnaryOperator<ObjectStore> limits(TransferSettings transfer, Optional<Pacing> pacing) {
    if (!transfer.isBounded()) {
      return store -> store;
    }
    RateLimit upload = limit(transfer.uploadBytesPerSecond(), pacing);
    RateLimit download = limit(transfer.downloadBytesPerSecond(), pacing);
    return store -> new BandwidthLimitedStore(store, upload, download);
  }

  /** The lower of what is set and the pace. */
  private static RateLimit limit(OptionalLong bytesPerSecond, Optional<Pacing> pacing) {
    long most = bytesPerSecond.orElse(RateLimit.UNLIMITED);
    LongSupplier rate =
        pacing.isPresent() ? () -> Math.min(most, pacing.get().bytesPerSecond()) : () -> most;
    return new RateLimit(rate, System::nanoTime, Pause.SLEEP);
  }

  /** A pool of named threads; the caller ends it. */
  static ExecutorService pool(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads, work -> new Thread(work, name + number.incrementAndGet()));
  }

  /** {@return the store, which tries again what may succeed later} */
  public ObjectStore store() {
    return stores.store();
  }

  /** {@return the same store as one that locks; empty when nothing is to be locked} */
  Optional<LockingStore> lockingStore() {
    return stores.locking();
  }

  /** {@return the same store, which remembers what it has seen to be there} */
  ObjectStore rememberingStore() {
    return stores.remembering();
  }

  /**
   * Opens the repository, which must exist.
   *
   * @return the repository
   * @throws RunException as {@link RepositoryLocation#open} says
   */
  public Repository repository() throws RunException {
    return new RepositoryLocation(store(), url()).open();
  }

  /** {@return what the store was asked for so far} */
  public StoreMetrics metrics() {
    return stores.metered().metrics();
  }

  /** {@return is to be told of a run's progress, and paces it} */
  RunListener pace() {
    return pace;
  }

  /** {@return where the repository is} */
  RepositoryAddress address() {
    return location.address();
  }

  /** {@return the provider's name of a permission} */
  String permission(Permission need) {
    return location.provider().permission(need);
  }

  /** {@return what people call the repository: its URL without a query} */
  public String url() {
    return location.address().toString();
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
    stores.store().close();
    counted.accept(stores.metered().metrics());
  }
}
