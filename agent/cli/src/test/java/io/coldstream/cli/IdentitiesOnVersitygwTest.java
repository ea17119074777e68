package io.coldstream.cli;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.core.doctor.Role;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.s3.emulator.VersitygwBucket;
import io.coldstream.store.s3.emulator.VersitygwBucket.User;
import io.coldstream.store.testkit.Opened;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * On the Versity gateway, which checks permissions verb by verb as Amazon does, by the policies of {@code
 * provider-s3.md}. The pruner is who signs what this process sends; commands of the others are processes.
 */
@NeedsEmulator("versitygw")
class IdentitiesOnVersitygwTest extends IdentitiesEndToEnd {

  private static final int DENIED = 403;
  private static final User WRITER = new User("backup-writer", "writers-secret");
  private static final User RESTORER = new User("backup-restorer", "restorers-secret");

  private final VersitygwBucket bucket = new VersitygwBucket();

  @BeforeEach
  void setPolicy() throws Exception {
    User pruner = VersitygwUsers.ofThisProcess();
    VersitygwUsers.add(WRITER);
    VersitygwUsers.add(RESTORER);
    bucket.allow(policy -> policy
        .writer(WRITER.accessKey())
        .restorer(RESTORER.accessKey())
        .pruner(pruner.accessKey()));
  }

  private static User user(Role who) {
    return who == Role.WRITER ? WRITER : RESTORER;
  }

  @Override
  String url() {
    return bucket.url();
  }

  @Override
  Ran run(Role who, Object... words) throws Exception {
    List<String> line = new ArrayList<>();
    for (Object word : words) {
      line.add(word.toString());
    }
    Path state = home.resolve("state");
    line.add("--repo=" + url());
    line.add("--state=" + state);
    Ran ran = Child.start(home, List.of(), user(who).environment(), line).ran();
    Leaks.assertNone(ran, state, user(who).secretKey());
    return ran;
  }

  @Override
  Ran prune(Object... words) {
    return new Shell(home).set("COLDSTREAM_REPO", url()).run(words);
  }

  @Override
  Verbs verbs(Role who) {
    return who == Role.PRUNER ? new StoreVerbs(url()) : new ClientVerbs(bucket, user(who));
  }

  @Override
  void sweep() throws Exception {
    try (ObjectStore store = Opened.store(url(), Map.of())) {
      store.sweep(ObjectPrefix.ALL, Duration.ofHours(-1));
    }
  }

  /** The verbs through the SDK's own client: this process signs as one user only otherwise. */
  private record ClientVerbs(VersitygwBucket bucket, User user) implements Verbs {

    /** Something done with a client. */
    private interface Verb {
      void by(S3Client client, String key);
    }

    private boolean done(String name, Verb verb) {
      try (S3Client client = bucket.client(user)) {
        verb.by(client, bucket.prefix() + "/" + name);
        return true;
      } catch (S3Exception e) {
        if (e.statusCode() != DENIED) {
          throw e;
        }
        return false;
      }
    }

    @Override
    public boolean reads(String name) {
      return done(
          name,
          (client, key) -> client.getObjectAsBytes(b -> b.bucket(bucket.name()).key(key)));
    }

    @Override
    public boolean creates(String name) {
      return done(
          name,
          (client, key) -> client.putObject(
              b -> b.bucket(bucket.name()).key(key), RequestBody.fromString("something")));
    }

    @Override
    public boolean removes(String name) {
      return done(
          name,
          (client, key) -> client.deleteObject(b -> b.bucket(bucket.name()).key(key)));
    }
  }
}
