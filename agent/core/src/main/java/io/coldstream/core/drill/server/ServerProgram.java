package io.coldstream.core.drill.server;

import io.coldstream.core.support.failure.RunException;
import java.time.Duration;
import java.util.List;

/** The server that a user wants a drill to start. */
public interface ServerProgram {

  /** {@return what it is called in a report; no secret, and none of its arguments} */
  String name();

  /**
   * Makes sure, before anything is restored, that it can be started.
   *
   * @param environment what its processes run in
   * @throws RunException {@link RunException.Kind#USAGE} when it cannot
   * @throws InterruptedException when this thread was interrupted
   */
  void requireRunnable(ServerEnvironment environment) throws RunException, InterruptedException;

  /**
   * What a user should know of the command, given the database.
   *
   * @param chunkSizeBytes the chunk size that the server must work with
   * @return sentences; mostly none
   */
  List<String> warnings(long chunkSizeBytes);

  /**
   * The command for one start.
   *
   * @param places what it is started with
   * @param start which start of this drill it is, from 1
   * @param patience how long it is given to stop
   * @return the command
   */
  ServerCommand command(ServerPlaces places, int start, Duration patience);

  /**
   * What an exit code of the command means, where it is not the server's own.
   *
   * @param code the exit code
   * @return whether the server itself was not started
   */
  default boolean isNotStarted(int code) {
    return false;
  }
}
