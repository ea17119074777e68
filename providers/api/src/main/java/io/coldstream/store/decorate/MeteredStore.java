package io.coldstream.store.decorate;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Counts what is asked of a store, how it answers, how long that takes, and the bytes that cross: of a
 * body that breaks, those that were handed over. Thread-safe.
 */
public final class MeteredStore implements ObjectStore {

  private final ObjectStore store;
  private final LongSupplier nanos;
  private final Map<StoreVerb, StoreMetrics.Meter> meters = new EnumMap<>(StoreVerb.class);
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();

  /**
   * A store that counts.
   *
   * @param store the decorated store
   * @param nanos a clock that only goes forward, {@link System#nanoTime} outside of tests
   */
  public MeteredStore(ObjectStore store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
    for (StoreVerb verb : StoreVerb.values()) {
      meters.put(verb, new StoreMetrics.Meter());
    }
  }

  /**
   * What was counted so far. Calls under way are not in it, but their bytes are.
   *
   * @return the numbers
   */
  public StoreMetrics metrics() {
    Map<StoreVerb, StoreMetrics.OfVerb> verbs = new EnumMap<>(StoreVerb.class);
    meters.forEach((verb, meter) -> {
      StoreMetrics.OfVerb soFar = meter.soFar();
      if (soFar.calls() > 0) {
        verbs.put(verb, soFar);
      }
    });
    return new StoreMetrics(verbs, sent.sum(), received.sum());
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    return timed(StoreVerb.STAT, () -> store.stat(name));
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    return timed(StoreVerb.LIST, () -> store.list(prefix, from));
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    ObjectContent content = timed(StoreVerb.READ, () -> store.read(name, range, version));
    return new TappedContent(content, new Count(received::add, meters.get(StoreVerb.READ)));
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    // A body that fails is reported by the put's own failure.
    Count count = new Count(sent::add, new StoreMetrics.Meter());
    PutRequest counted = request.withSource(new TappedSource(request.source(), count));
    return timed(StoreVerb.PUT, () -> store.put(counted));
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    timed(StoreVerb.EXTEND, () -> {
      store.extend(name, until);
      return name;
    });
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return timed(StoreVerb.LOCKED_UNTIL, () -> store.lockedUntil(name));
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    timed(StoreVerb.DELETE, () -> {
      store.delete(names);
      return names;
    });
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    return timed(StoreVerb.SWEEP, () -> store.sweep(prefix, olderThan));
  }

  @Override
  public void close() {
    store.close();
  }

  private interface Call<T> {
    T make() throws StoreException;
  }

  private <T> T timed(StoreVerb verb, Call<T> call) throws StoreException {
    StoreMetrics.Meter meter = meters.get(verb);
    long begun = nanos.getAsLong();
    try {
      return call.make();
    } catch (StoreException e) {
      meter.failed(e.kind());
      throw e;
    } finally {
      meter.ended(Duration.ofNanos(nanos.getAsLong() - begun));
    }
  }

  /** Counts a body's bytes, and its first failure. */
  private record Count(LongConsumer bytes, StoreMetrics.Meter meter, AtomicBoolean told)
      implements TappedStream.Tap {
    Count(LongConsumer bytes, StoreMetrics.Meter meter) {
      this(bytes, meter, new AtomicBoolean());
    }

    @Override
    public int most(int wanted) {
      return wanted;
    }

    @Override
    public void passed(int count) {
      bytes.accept(count);
    }

    @Override
    public void failed(IOException failure) {
      if (failure instanceof StoreException e && told.compareAndSet(false, true)) {
        meter.failed(e.kind());
      }
    }
  }
}
