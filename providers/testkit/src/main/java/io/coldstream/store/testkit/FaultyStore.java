package io.coldstream.store.testkit;

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
import io.coldstream.store.testkit.Fault.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store that fails by plan, and otherwise does what the decorated store does. Thread-safe.
 *
 * <p>It counts its calls, so that a test can let every one of them fail in turn:
 *
 * <pre>{@code
 * for (int n = 1; ; n++) {
 *   FaultyStore store = new FaultyStore(memory, Fault.atCall(n).crash());
 *   ... run, catch Crash, run again on memory, check ...
 *   if (!store.happened()) break;
 * }
 * }</pre>
 */
public final class FaultyStore implements ObjectStore {

  private final ObjectStore store;
  private final List<Fault> plan;
  private final Map<Verb, Integer> calls = new EnumMap<>(Verb.class);
  private int allCalls;
  private int met;
  private volatile Optional<String> crashedIn = Optional.empty();

  /**
   * A store that fails.
   *
   * @param store the decorated store
   * @param plan the faults; where two are meant for the same call, the first one happens
   */
  public FaultyStore(ObjectStore store, Fault... plan) {
    this.store = store;
    this.plan = List.of(plan);
  }

  /**
   * How many calls there were, failed ones included; a page of a listing is one call.
   *
   * @return the count
   */
  public synchronized int calls() {
    return allCalls;
  }

  /**
   * How many calls of one verb there were.
   *
   * @param verb which
   * @return the count
   */
  public synchronized int calls(Verb verb) {
    return calls.getOrDefault(verb, 0);
  }

  /**
   * Whether any planned fault has come about.
   *
   * @return false as long as the plan's calls were not reached
   */
  public synchronized boolean happened() {
    return met > 0;
  }

  /**
   * How many faults came about.
   *
   * @return the count; a crash counts once
   */
  public synchronized int faultsMet() {
    return met;
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    return around(Verb.STAT, name.value(), () -> store.stat(name));
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    return around(Verb.LIST, prefix.value(), () -> store.list(prefix, from));
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    Outcome outcome = begin(Verb.READ, name.value());
    outcome.failIf(Moment.BEFORE);
    ObjectContent content = store.read(name, range, version);
    outcome.failIf(Moment.AFTER);
    long lengthBytes = range.endIn(content.object().lengthBytes()) - range.fromBytes();
    return new FaultyBodies.Content(content, lengthBytes, outcome);
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    Outcome outcome = begin(Verb.PUT, request.name().value());
    outcome.failIf(Moment.BEFORE);
    FaultyBodies.Source source = new FaultyBodies.Source(request.source(), outcome);
    try {
      StoredObject stored = store.put(request.withSource(source));
      outcome.failIf(Moment.AFTER);
      return stored;
    } catch (StoreException e) {
      // What the store made of the broken source is not what was planned.
      throw source.planned().orElse(e);
    }
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    around(Verb.EXTEND, name.value(), () -> {
      store.extend(name, until);
      return name;
    });
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return around(Verb.LOCKED_UNTIL, name.value(), () -> store.lockedUntil(name));
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    around(Verb.DELETE, names.size() + " objects", () -> {
      store.delete(names);
      return names;
    });
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    return around(Verb.SWEEP, prefix.value(), () -> store.sweep(prefix, olderThan));
  }

  @Override
  public void close() {
    store.close();
  }

  private interface Action<T> {
    T run() throws StoreException;
  }

  private <T> T around(Verb verb, String what, Action<T> action) throws StoreException {
    Outcome outcome = begin(verb, what);
    outcome.failIf(Moment.BEFORE);
    outcome.failIf(Moment.HALFWAY);
    T answer = action.run();
    outcome.failIf(Moment.AFTER);
    return answer;
  }

  private synchronized Outcome begin(Verb verb, String what) {
    int callOfVerb = calls.merge(verb, 1, Integer::sum);
    allCalls++;
    String where = verb + " " + what + ", call " + allCalls;
    for (Fault fault : plan) {
      if (fault.hits(verb, callOfVerb, allCalls)) {
        return new Outcome(where, Optional.of(fault));
      }
    }
    return new Outcome(where, Optional.empty());
  }

  /** What the plan says about one call. */
  final class Outcome {
    private final String where;
    private final Optional<Fault> fault;

    private Outcome(String where, Optional<Fault> fault) {
      this.where = where;
      this.fault = fault;
    }

    /** Whether the call is to fail at a moment. */
    boolean isAt(Moment moment) {
      return fault.isPresent() && fault.get().moment() == moment;
    }

    /** Fails when the process has died, or when the call is to fail at this moment. */
    void failIf(Moment moment) throws StoreException {
      crashIfDead();
      if (isAt(moment)) {
        throw failure();
      }
    }

    /** Ends every call, and every open body, of a process that has died. */
    void crashIfDead() {
      if (crashedIn.isPresent()) {
        throw new Crash(where + ", after " + crashedIn.get());
      }
    }

    /** The planned failure, counted; a crash is thrown at once. */
    StoreException failure() {
      synchronized (FaultyStore.this) {
        met++;
      }
      Fault planned = fault.orElseThrow();
      if (planned.kind().isEmpty()) {
        crashedIn = Optional.of(where);
        throw new Crash(where);
      }
      return new StoreException(
          planned.kind().get(),
          "planned " + planned.moment() + " in " + where,
          null,
          planned.retryAfter());
    }
  }
}
