package io.coldstream.store.testkit;

import io.coldstream.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The account of a {@link CountingStore}: who called what, when it ended, and how much moved. */
public final class CallLog {

  private final List<Event> events = new ArrayList<>();
  private int calls;
  private int callsNow;
  private int mostCalls;
  private long bytesNow;
  private long mostBytes;
  private long writtenBytes;
  private long readBytes;

  /** Where an event is in its call. */
  public enum Edge {
    /** The call begins. */
    START,
    /** It has ended; for a read: it was closed, or failed to open. */
    END
  }

  /**
   * One end of a call.
   *
   * @param call the call's number, counted from 1 over all verbs
   * @param verb what was called
   * @param targets the object's name, the prefix, or the names of a removal
   * @param edge beginning or end
   * @param failure what the call failed with; empty at its start, on success and after a crash
   */
  public record Event(
      int call, Verb verb, List<String> targets, Edge edge, Optional<Kind> failure) {

    /** Copies the targets. */
    public Event {
      targets = List.copyOf(targets);
    }
  }

  /**
   * Everything that happened, in order.
   *
   * @return a copy
   */
  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /**
   * How many calls of any verb were begun.
   *
   * @return the count
   */
  public synchronized int count() {
    return calls;
  }

  /**
   * How many calls of a verb were begun.
   *
   * @param verb which
   * @return the count
   */
  public int count(Verb verb) {
    return (int) starts(verb).count();
  }

  /**
   * What the calls of a verb were about, in the order in which they began.
   *
   * @param verb which
   * @return names or prefixes
   */
  public List<String> targets(Verb verb) {
    return starts(verb).flatMap(e -> e.targets().stream()).toList();
  }

  /**
   * Where an object's first call of a verb began or ended: what to compare for order and barriers.
   *
   * @param verb which
   * @param target the object's name
   * @param edge beginning or end
   * @return the place in {@link #events()}, from 0
   * @throws AssertionError when there was no such call
   */
  public int position(Verb verb, String target, Edge edge) {
    List<Event> seen = events();
    for (int i = 0; i < seen.size(); i++) {
      Event event = seen.get(i);
      if (event.verb() == verb && event.edge() == edge && event.targets().contains(target)) {
        return i;
      }
    }
    throw new AssertionError("no " + edge + " of " + verb + " " + target + " in " + seen);
  }

  /**
   * How many bytes were read from sources of puts, those read again included.
   *
   * @return the count
   */
  public synchronized long writtenBytes() {
    return writtenBytes;
  }

  /**
   * How many bytes were read from objects.
   *
   * @return the count
   */
  public synchronized long readBytes() {
    return readBytes;
  }

  /**
   * The largest number of calls that were under way at once.
   *
   * @return the count
   */
  public synchronized int mostCallsAtOnce() {
    return mostCalls;
  }

  /**
   * The largest sum of the lengths of the puts, and of the ranges of the open reads, that were under
   * way at once.
   *
   * @return the sum in bytes
   */
  public synchronized long mostBytesAtOnce() {
    return mostBytes;
  }

  /** Forgets the past, calls under way included. */
  public synchronized void clear() {
    events.clear();
    calls = 0;
    mostCalls = callsNow;
    mostBytes = bytesNow;
    writtenBytes = 0;
    readBytes = 0;
  }

  private Stream<Event> starts(Verb verb) {
    return events().stream().filter(e -> e.edge() == Edge.START && e.verb() == verb);
  }

  synchronized Call begin(Verb verb, List<String> targets) {
    calls++;
    callsNow++;
    mostCalls = Math.max(mostCalls, callsNow);
    events.add(new Event(calls, verb, targets, Edge.START, Optional.empty()));
    return new Call(calls, verb, targets);
  }

  synchronized void addWritten(long bytes) {
    writtenBytes += bytes;
  }

  synchronized void addRead(long bytes) {
    readBytes += bytes;
  }

  /** A call under way. */
  final class Call {
    private final int number;
    private final Verb verb;
    private final List<String> targets;
    private Optional<Kind> failure = Optional.empty();
    private long carriedBytes;
    private boolean ended;

    private Call(int number, Verb verb, List<String> targets) {
      this.number = number;
      this.verb = verb;
      this.targets = targets;
    }

    /** Tells how many bytes this call is about. */
    void carry(long bytes) {
      synchronized (CallLog.this) {
        carriedBytes = bytes;
        bytesNow += bytes;
        mostBytes = Math.max(mostBytes, bytesNow);
      }
    }

    void failed(Kind kind) {
      synchronized (CallLog.this) {
        failure = Optional.of(kind);
      }
    }

    /** Ends the call; a second end of the same call says nothing. */
    void end() {
      synchronized (CallLog.this) {
        if (!ended) {
          ended = true;
          callsNow--;
          bytesNow -= carriedBytes;
          events.add(new Event(number, verb, targets, Edge.END, failure));
        }
      }
    }
  }
}
