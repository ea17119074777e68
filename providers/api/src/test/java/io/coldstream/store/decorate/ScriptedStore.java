package io.coldstream.store.decorate;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StalledException;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A store of one object that fails as its script says, call by call, then works. */
final class ScriptedStore implements ObjectStore {

  static final ObjectName NAME = new ObjectName("chunks/a");

  final Deque<StoreException> failures = new ArrayDeque<>();

  /** Per opened body: how many bytes it gives before it fails or, when negative, ends. */
  final Deque<Integer> breaks = new ArrayDeque<>();

  /** Per put that fails: how far it got. */
  final Deque<Long> reached = new ArrayDeque<>();

  final List<String> calls = new ArrayList<>();
  byte[] bytes = new byte[0];
  String version = "v1";
  boolean there = true;
  Kind breakKind = Kind.UNAVAILABLE;

  /** Where bodies fail by stalling: how much would have had to come. */
  long stallBytes;

  int openBodies;

  static StoreException failure(Kind kind) {
    return new StoreException(kind, "scripted " + kind, null);
  }

  ScriptedStore failing(Kind... kinds) {
    Arrays.stream(kinds).map(ScriptedStore::failure).forEach(failures::add);
    return this;
  }

  private void call(String what) throws StoreException {
    calls.add(what);
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
  }

  StoredObject object() {
    return new StoredObject(NAME, bytes.length, version);
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    call("stat");
    return there ? Optional.of(object()) : Optional.empty();
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    call("list");
    return new ListPage(List.of(object()), Optional.empty());
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> wanted)
      throws StoreException {
    call("read from " + range.fromBytes() + " of " + wanted.orElse("any"));
    if (!there || !version.equals(wanted.orElse(version))) {
      throw failure(Kind.NOT_FOUND);
    }
    int from = (int) range.fromBytes();
    openBodies++;
    return new Body(
        object(), Arrays.copyOfRange(bytes, from, (int) range.endIn(bytes.length)), breaks.poll());
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    try {
      call("put");
    } catch (StoreException e) {
      if (!reached.isEmpty()) {
        request.listener().reached(reached.remove());
      }
      throw e;
    }
    return object();
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    call("extend");
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    call("lockedUntil");
    return Optional.empty();
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    call("delete");
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    call("sweep");
    return new SweepResult(0, 0);
  }

  @Override
  public void close() {
    calls.add("close");
  }

  private final class Body extends InputStream implements ObjectContent {
    private final StoredObject object;
    private final InputStream in;
    private final boolean endsCleanly;
    private int left;

    Body(StoredObject object, byte[] rest, Integer breaksAfter) {
      this.object = object;
      this.in = new ByteArrayInputStream(rest);
      this.endsCleanly = breaksAfter != null && breaksAfter < 0;
      this.left = breaksAfter == null ? Integer.MAX_VALUE : Math.abs(breaksAfter);
    }

    @Override
    public StoredObject object() {
      return object;
    }

    @Override
    public InputStream stream() {
      return this;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        if (endsCleanly) {
          return -1;
        }
        throw stallBytes == 0
            ? failure(breakKind)
            : new StoreException(
                breakKind, "scripted stall", new StalledException("stall", stallBytes));
      }
      left--;
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int value = read();
      if (value < 0) {
        return -1;
      }
      buffer[offset] = (byte) value;
      return 1;
    }

    @Override
    public void close() {
      openBodies--;
    }
  }
}
