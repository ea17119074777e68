package io.coldstream.core.backup;

import io.coldstream.core.support.state.Hints;

/** A hint in memory, for a test with one repository. */
final class Remembered implements Hints {

  private long newest;

  @Override
  public long newest(String repositoryId) {
    return newest;
  }

  @Override
  public void remember(String repositoryId, long sequence) {
    newest = sequence;
  }
}
