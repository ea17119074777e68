package io.coldstream.store.testkit.http;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/**
 * When and how {@link BreakingProxy} breaks: a request whose line matches is counted, and the first
 * of them is met, unless {@link #first} or {@link #every} say otherwise.
 *
 * @param requests is looked for in the request line
 * @param turns which of the matching requests are met, counted from 1
 * @param place where the connection ends
 * @param afterBytes how many bytes of that place pass before, 0 or more
 * @param answer gives, for a request line, what the client gets instead of the server's answer; the
 *     server then never sees the request
 * @param reset whether the client's connection ends with a reset instead of cleanly
 */
public record Break(
    Pattern requests,
    LongPredicate turns,
    Place place,
    long afterBytes,
    Optional<Function<String, Answer>> answer,
    boolean reset) {

  /** Where a connection may end. */
  public enum Place {
    /** Before anything of the request reaches the server. */
    REQUEST,
    /** In the request's body. */
    REQUEST_BODY,
    /** In the answer, status line and header included; the server has done all there is to do. */
    RESPONSE
  }

  /** Checks that nothing is missing. */
  public Break {
    Objects.requireNonNull(requests, "requests");
    Objects.requireNonNull(turns, "turns");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(answer, "answer");
    if (afterBytes < 0) {
      throw new IllegalArgumentException("after " + afterBytes + " bytes");
    }
  }

  /**
   * Ends the connection when the first matching request arrives.
   *
   * @param requests a regular expression that is looked for in request lines
   * @return what the others say more precisely
   */
  public static Break at(String requests) {
    return new Break(
        Pattern.compile(requests), n -> n == 1, Place.REQUEST, 0, Optional.empty(), false);
  }

  /**
   * The same, in the request's body. A body that is no longer passes.
   *
   * @param bytes how many bytes of it the server gets, as they are sent: sizes of chunks count too
   * @return the break
   */
  public Break afterRequestBytes(long bytes) {
    return new Break(requests, turns, Place.REQUEST_BODY, bytes, Optional.empty(), reset);
  }

  /**
   * The same, in the answer. An answer that is no longer passes.
   *
   * @param bytes how many bytes of it the client gets, status line and header included
   * @return the break
   */
  public Break afterResponseBytes(long bytes) {
    return new Break(requests, turns, Place.RESPONSE, bytes, Optional.empty(), reset);
  }

  /**
   * The same when the server has done what was asked, before any byte of its answer.
   *
   * @return the break
   */
  public Break losingTheResponse() {
    return afterResponseBytes(0);
  }

  /**
   * The client gets this, and the server nothing.
   *
   * @param instead the answer
   * @return the break
   */
  public Break answering(Answer instead) {
    return answering(line -> instead);
  }

  /**
   * The client gets what is made for its request, and the server nothing.
   *
   * @param instead makes the answer from the request line; called by several threads
   * @return the break
   */
  public Break answering(Function<String, Answer> instead) {
    return new Break(requests, turns, Place.REQUEST, 0, Optional.of(instead), reset);
  }

  /**
   * The client's connection is reset.
   *
   * @return the break
   */
  public Break resetting() {
    return new Break(requests, turns, place, afterBytes, answer, true);
  }

  /**
   * Meets the first matching requests.
   *
   * @param count how many, 1 or more
   * @return the break
   */
  public Break first(long count) {
    return new Break(requests, n -> n <= count, place, afterBytes, answer, reset);
  }

  /**
   * Meets matching requests again and again.
   *
   * @param nth 1 for each of them, 2 for the second, fourth, sixth …
   * @return the break
   */
  public Break every(long nth) {
    return new Break(requests, n -> n % nth == 0, place, afterBytes, answer, reset);
  }
}
