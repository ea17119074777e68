package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.s3.emulator.VersitygwBucket.User;
import io.coldstream.store.testkit.emulator.Versitygw;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Users of the Versity gateway of this JVM, each added once whoever needs it. */
final class VersitygwUsers {

  private static final Set<User> ADDED = ConcurrentHashMap.newKeySet();

  private VersitygwUsers() {}

  /** Adds one, unless it is there. */
  static synchronized User add(User user) throws IOException {
    if (ADDED.add(user)) {
      Versitygw.running().addUser(user.accessKey(), user.secretKey());
    }
    return user;
  }

  /**
   * Who signs the requests of this process, on whatever emulator for S3: the default chain takes the
   * credentials that were set for all of them.
   */
  static User ofThisProcess() throws IOException {
    Map<String, String> credentials = S3Emulator.s3proxy().environment();
    return add(
        new User(credentials.get("AWS_ACCESS_KEY_ID"), credentials.get("AWS_SECRET_ACCESS_KEY")));
  }
}
