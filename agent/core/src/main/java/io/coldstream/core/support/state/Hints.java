package io.coldstream.core.support.state;

import java.io.IOException;

/**
 * Which backup of a repository was once seen as the newest: where a listing may begin, and a number
 * that is not used again although its backup was deleted. Never wrong by more than being old.
 */
public interface Hints {

  /** Nothing is kept. */
  Hints NONE = new Hints() {
    @Override
    public long newest(String repositoryId) {
      return 0;
    }

    @Override
    public void remember(String repositoryId, long sequence) {
      // Nothing is kept.
    }
  };

  /**
   * Asks.
   *
   * @param repositoryId the repository's id
   * @return the number of a backup that existed, or 0
   */
  long newest(String repositoryId);

  /**
   * Tells.
   *
   * @param repositoryId the repository's id
   * @param sequence the number of its newest backup
   * @throws IOException when it cannot be kept, which harms nothing
   */
  void remember(String repositoryId, long sequence) throws IOException;
}
