package io.coldstream.store.testkit;

import io.coldstream.store.StoreException.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * One planned failure of a {@link FaultyStore}: of which calls, at which moment, and how. Built by
 * chaining: {@code Fault.atCall(Verb.PUT, 3).after().times(2)}.
 *
 * @param verb which verb's calls are counted; empty for those of all verbs together
 * @param firstCall the first call that fails, counted from 1
 * @param times how many calls in a row fail
 * @param moment when during the call
 * @param kind what the failure is; empty for a {@link Crash}
 * @param retryAfter what the store says about waiting
 */
public record Fault(
    Optional<Verb> verb,
    int firstCall,
    int times,
    Moment moment,
    Optional<Kind> kind,
    Optional<Duration> retryAfter) {

  /** When during a call it fails. */
  public enum Moment {
    /** The store was not reached. */
    BEFORE,
    /** The store did what was asked; the answer was lost. */
    AFTER,
    /**
     * Half of a body went over: a put ends while it reads its source, a read's stream breaks off.
     * For the other verbs, and for bodies under two bytes, the same as {@link #BEFORE}.
     */
    HALFWAY
  }

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException for a count below 1
   */
  public Fault {
    if (firstCall < 1 || times < 1) {
      throw new IllegalArgumentException("call " + firstCall + ", times " + times);
    }
  }

  /**
   * The n-th call of any verb fails as unavailable, before its effect.
   *
   * @param call which, counted from 1
   * @return the fault
   */
  public static Fault atCall(int call) {
    return new Fault(
        Optional.empty(), call, 1, Moment.BEFORE, Optional.of(Kind.UNAVAILABLE), Optional.empty());
  }

  /**
   * The n-th call of one verb fails as unavailable, before its effect.
   *
   * @param verb which verb
   * @param call which of its calls, counted from 1
   * @return the fault
   */
  public static Fault atCall(Verb verb, int call) {
    return new Fault(
        Optional.of(verb), call, 1, Moment.BEFORE, Optional.of(Kind.UNAVAILABLE), Optional.empty());
  }

  /**
   * The same fault after the effect.
   *
   * @return a fault whose answer is lost
   */
  public Fault after() {
    return new Fault(verb, firstCall, times, Moment.AFTER, kind, retryAfter);
  }

  /**
   * The same fault in the middle of the body.
   *
   * @return a fault that breaks a put or a read half-way
   */
  public Fault halfway() {
    return new Fault(verb, firstCall, times, Moment.HALFWAY, kind, retryAfter);
  }

  /**
   * The same fault with another answer.
   *
   * @param other what the failure is
   * @return the fault
   */
  public Fault as(Kind other) {
    return new Fault(verb, firstCall, times, moment, Optional.of(other), retryAfter);
  }

  /**
   * The same fault as the end of the process: nothing may retry it, and every later call meets it.
   *
   * @return a fault that is a {@link Crash}
   */
  public Fault crash() {
    return new Fault(verb, firstCall, times, moment, Optional.empty(), retryAfter);
  }

  /**
   * The same fault for several calls in a row.
   *
   * @param count how many
   * @return the fault
   */
  public Fault times(int count) {
    return new Fault(verb, firstCall, count, moment, kind, retryAfter);
  }

  /**
   * The same fault with a store that asks for patience.
   *
   * @param wait how long it asks for
   * @return the fault
   */
  public Fault retryAfter(Duration wait) {
    return new Fault(verb, firstCall, times, moment, kind, Optional.of(wait));
  }

  /** Whether this fault is meant for a call: its number among its verb's calls, and among all. */
  boolean hits(Verb called, int callOfVerb, int callOfAny) {
    if (verb.isPresent() && verb.get() != called) {
      return false;
    }
    long number = verb.isPresent() ? callOfVerb : callOfAny;
    return number >= firstCall && number < (long) firstCall + times;
  }
}
