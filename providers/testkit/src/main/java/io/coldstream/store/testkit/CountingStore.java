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
import io.coldstream.store.testkit.CallLog.Call;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A store that counts the calls to the decorated store, so that tests can assert cost
 * ("an unchanged database costs one list and one put"), order and barriers. Thread-safe.
 */
public final class CountingStore implements ObjectStore {

  private final ObjectStore store;
  private final CallLog log = new CallLog();

  /**
   * A store that counts.
   *
   * @param store the decorated store
   */
  public CountingStore(ObjectStore store) {
    this.store = store;
  }

  /**
   * The log, which keeps growing.
   *
   * @return calls, events and totals so far
   */
  public CallLog log() {
    return log;
  }

  /**
   * How many calls of a verb were begun; each page of a listing is one.
   *
   * @param verb which
   * @return the count
   */
  public int count(Verb verb) {
    return log.count(verb);
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
    Call call = log.begin(Verb.READ, List.of(name.value()));
    boolean open = false;
    try {
      ObjectContent content = store.read(name, range, version);
      open = true;
      call.carry(range.endIn(content.object().lengthBytes()) - range.fromBytes());
      return new CountedContent(
          content, new CountedStream(content.stream(), log::addRead, call::end), call);
    } catch (StoreException e) {
      call.failed(e.kind());
      throw e;
    } finally {
      if (!open) {
        call.end();
      }
    }
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    Call call = log.begin(Verb.PUT, List.of(request.name().value()));
    call.carry(request.source().lengthBytes());
    return within(
        call, () -> store.put(request.withSource(new CountedSource(request.source(), log))));
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
    within(log.begin(Verb.DELETE, names.stream().map(ObjectName::value).toList()), () -> {
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

  private <T> T around(Verb verb, String target, Action<T> action) throws StoreException {
    return within(log.begin(verb, List.of(target)), action);
  }

  private static <T> T within(Call call, Action<T> action) throws StoreException {
    try {
      return action.run();
    } catch (StoreException e) {
      call.failed(e.kind());
      throw e;
    } finally {
      call.end();
    }
  }

  private record CountedContent(ObjectContent content, InputStream stream, Call call)
      implements ObjectContent {
    @Override
    public StoredObject object() {
      return content.object();
    }

    @Override
    public void close() throws IOException {
      try {
        content.close();
      } finally {
        call.end();
      }
    }
  }
}
