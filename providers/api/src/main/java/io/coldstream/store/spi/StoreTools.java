package io.coldstream.store.spi;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What a store works with beside its settings. Made where the program is composed, and ended there.
 *
 * @param partThreads run parts of a file beside the thread that puts it
 * @param partMemory bounds what such parts hold
 * @param sessions a folder where an adapter may keep what it needs to resume an upload in another
 *     process, where the provider cannot list it; need not exist; what is in it is a secret and safe
 *     to lose
 * @param warnings receives what a user should know and what does not stop the work, a sentence; may
 *     be called by any thread
 */
public record StoreTools(
    Executor partThreads,
    PartMemory partMemory,
    Optional<Path> sessions,
    Consumer<String> warnings) {

  /** One part after the other, in the thread that puts, and nothing kept on this machine. */
  public static final StoreTools NONE =
      new StoreTools(Runnable::run, PartMemory.NONE, Optional.empty());

  /**
   * Tools without a receiver of warnings.
   *
   * @param partThreads as above
   * @param partMemory as above
   * @param sessions as above
   */
  public StoreTools(Executor partThreads, PartMemory partMemory, Optional<Path> sessions) {
    this(partThreads, partMemory, sessions, warning -> {});
  }
}
