package io.coldstream.core.support.events;

/** An event of a run, for a progress display or a log. */
public sealed interface RunEvent {

  /**
   * A step has begun.
   *
   * @param step which
   */
  record StepStarted(Step step) implements RunEvent {}

  /**
   * It is known how much there is to move.
   *
   * @param files files to be moved
   * @param bytes their bytes
   * @param presentFiles files that need not be moved
   * @param presentBytes their bytes
   */
  record Planned(long files, long bytes, long presentFiles, long presentBytes)
      implements RunEvent {}

  /**
   * Bytes have moved since the last event of this kind.
   *
   * @param bytes how many
   */
  record Transferred(long bytes) implements RunEvent {}

  /**
   * An earlier run had broken off in a file, and this one went on where that stopped.
   *
   * @param file its name
   * @param partsThere how many parts the store had already
   * @param parts how many there are in all
   * @param bytesThere bytes of the file that were planned and need not move
   */
  record Resumed(String file, int partsThere, int parts, long bytesThere) implements RunEvent {}

  /**
   * A file is complete.
   *
   * @param name its name
   * @param bytes its length
   */
  record FileDone(String name, long bytes) implements RunEvent {}

  /**
   * Something is repeated because the database or the repository changed meanwhile.
   *
   * @param what a capture, a plan
   * @param attempt which repetition, from 1
   * @param why what moved
   */
  record Repeated(String what, int attempt, String why) implements RunEvent {}

  /**
   * Something that the user should know, and that does not stop the run.
   *
   * @param text a sentence
   */
  record Warning(String text) implements RunEvent {}
}
