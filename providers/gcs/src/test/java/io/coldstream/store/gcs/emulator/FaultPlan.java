package io.coldstream.store.gcs.emulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Which requests meet which fault. A request meets the first one whose turn it is. */
public final class FaultPlan {

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /**
   * Some of the requests of a kind.
   *
   * @param kind tells whether a request is of it
   * @param first number of the first one that is meant, from 1
   * @param times how many are meant from there
   */
  public record When(Predicate<Request> kind, int first, int times) {

    /** The first request of a method whose path contains a text; calls in a batch count too. */
    public static When request(String method, String path) {
      return new When(
          request -> request.method().equals(method) && request.path().contains(path), 1, 1);
    }

    /** Those alone that have this parameter in their query. */
    public When having(String parameter) {
      return new When(kind.and(request -> request.query().containsKey(parameter)), first, times);
    }

    /** Those alone that are of a further kind. */
    public When and(Predicate<Request> further) {
      return new When(kind.and(further), first, times);
    }

    /** Counted from this one. */
    public When from(int number) {
      return new When(kind, number, times);
    }

    /** So many of them. */
    public When times(int number) {
      return new When(kind, first, number);
    }

    /** All of them. */
    public When always() {
      return times(Integer.MAX_VALUE - first);
    }
  }

  private record Entry(When when, Fault fault, AtomicInteger seen) {
    boolean isDue(Request request) {
      if (!when.kind().test(request)) {
        return false;
      }
      int number = seen.incrementAndGet();
      return number >= when.first() && number < when.first() + when.times();
    }
  }

  /** Plans a fault; requests are counted from now on. */
  public void add(When when, Fault fault) {
    entries.add(new Entry(when, fault, new AtomicInteger()));
  }

  /** Everything works again. */
  public void clear() {
    entries.clear();
  }

  Fault next(Request request) {
    Fault due = Fault.NONE;
    for (Entry entry : entries) {
      // Each entry counts every request of its kind, also those that another one strikes.
      if (entry.isDue(request) && due == Fault.NONE) {
        due = entry.fault();
      }
    }
    return due;
  }
}
