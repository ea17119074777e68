package io.coldstream.core.support.state;

import java.io.IOException;

/**
 * The newest backup that was seen in each repository, as a start for the next listing. Never wrong
 * by more than being old.
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
   * Returns the newest backup that was seen in a repository. It is also a number that is not used again, although its backup may have been deleted.
   *
   * @param repositoryId the repository's id
   * @return the number of a backup that existed, or 0
   */
  long newest(String repositoryId);

  /**
   * Stores the number of the newest backup of a repository.
   *
   * @param repositoryId the repository's id
   * @param sequence the number of its newest backup
   * @throws IOException when it cannot be kept, which harms nothing
   */
  void remember(String repositoryId, long sequence) throws IOException;
}
