package io.coldstream.core.support.disk;

/**
 * The user and group ids of a file.
 *
 * @param user the user's number; 0 is root
 * @param group the group's number
 */
public record Owner(int user, int group) {

  /**
   * Whether this is the user that may do everything.
   *
   * @return true for user 0
   */
  public boolean isRoot() {
    return user == 0;
  }

  @Override
  public String toString() {
    return user + ":" + group;
  }
}
