package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;

/** Makes a driver's calls, and turns what they throw into a {@link StoreException}. */
public final class DriverCalls {

  private final CloudDriver driver;

  /**
   * Calls of one driver.
   *
   * @param driver says what a failure means
   */
  public DriverCalls(CloudDriver driver) {
    this.driver = driver;
  }

  /**
   * A call.
   *
   * @param <T> what it returns
   */
  public interface Call<T> {
    /**
     * Makes the call.
     *
     * @return the answer
     * @throws IOException any failure
     */
    T run() throws IOException;
  }

  /**
   * Makes a call.
   *
   * @param <T> what it returns
   * @param operation which verb it is part of
   * @param object what it is about, as {@link Keys#shown} names it
   * @param call the call
   * @return the answer
   * @throws StoreException what the failure means
   */
  public <T> T call(Operation operation, String object, Call<T> call) throws StoreException {
    try {
      return call.run();
    } catch (IOException | RuntimeException e) {
      throw failure(operation, object, e);
    }
  }

  /**
   * What a failure means.
   *
   * @param operation which verb the call is part of
   * @param object what it was about
   * @param e what the call threw
   * @return the failure to report
   */
  StoreException failure(Operation operation, String object, Exception e) {
    if (e instanceof StoreException known) {
      return known;
    }
    if (e instanceof AnswerException answer) {
      return failed(operation, object, answer.kind(), answer.getMessage());
    }
    if (e instanceof UploadGoneException gone) {
      return gone.failure(operation, object);
    }
    return driver.classified(operation, object, e);
  }

  /**
   * Which of the failures about several objects is reported: the first, and a lock only where there
   * is nothing else.
   *
   * @param first the one so far; may be null
   * @param next another one
   * @return one of them
   */
  public static StoreException worse(StoreException first, StoreException next) {
    return first == null || (first.kind() == Kind.LOCKED && next.kind() != Kind.LOCKED)
        ? next
        : first;
  }

  /**
   * A failure that was found here.
   *
   * @param operation which verb
   * @param object what it was about
   * @param kind what callers branch on
   * @param what what is wrong
   * @return what to throw
   */
  public static StoreException failed(Operation operation, String object, Kind kind, String what) {
    return new StoreException(kind, operation.on(object) + what, null);
  }
}
