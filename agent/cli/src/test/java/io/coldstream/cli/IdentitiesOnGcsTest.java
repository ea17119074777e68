package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.core.doctor.Role;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.Opened;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On our own server for Cloud Storage, which checks permissions by the names of objects. */
class IdentitiesOnGcsTest extends IdentitiesEndToEnd {

  private final GcsIdentities server = new GcsIdentities();

  @AfterEach
  void end() {
    server.close();
  }

  @Override
  String url() {
    return server.url();
  }

  @Override
  Ran run(Role who, Object... words) {
    server.become(who);
    return new Shell(home).set("COLDSTREAM_REPO", url()).run(words);
  }

  @Override
  Verbs verbs(Role who) {
    server.become(who);
    return new StoreVerbs(url());
  }

  @Override
  void sweep() throws Exception {
    server.become(Role.PRUNER);
    try (ObjectStore store = Opened.store(url(), Map.of())) {
      store.sweep(ObjectPrefix.ALL, Duration.ofHours(1));
    }
  }

  @Test
  void whoDoesAnothersWorkIsDenied() throws Exception {
    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    assertThat(run(Role.RESTORER, "backup", "--db", node).exit()).isEqualTo(5);
    assertThat(names()).isEmpty();
    done(Role.WRITER, "backup", "--db", node);

    Path target = home.resolve("target");
    Ran restore = run(Role.WRITER, "restore", "--to", target);
    assertThat(restore.exit()).as(restore.everything()).isEqualTo(5);
    assertThat(restore.err()).contains("access denied");
    assertThat(run(Role.WRITER, "verify", "--data").exit()).isEqualTo(5);
    assertThat(run(Role.PRUNER, "backup", "--db", node).exit()).isEqualTo(5);
    assertThat(target).doesNotExist();
  }

  @Test
  void aVerifierStoresItsResultsAndARestorerIsWarnedThatItDoesNot() throws Exception {
    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    done(Role.WRITER, "backup", "--db", node);

    Ran restorer = done(Role.RESTORER, "verify", "--sample", "10%", "--json");
    assertThat(restorer.json().at("/result/stored").isNull()).isTrue();
    assertThat(restorer.json().at("/warnings")).hasSize(1);
    assertThat(restorer.json().at("/warnings/0").asText())
        .contains("is not stored", "verifications/", "storage.objects.create");
    Ran part = run(Role.RESTORER, "verify", "--data", "--shard", "1/2", "--run", "a");
    assertThat(part.exit()).as(part.everything()).isEqualTo(5);
    assertThat(part.err().replaceAll("\\s+", " ")).contains("storage.objects.create");

    server.becomeVerifier();
    Shell verifier = new Shell(home).set("COLDSTREAM_REPO", url());
    Ran stored = verifier.run("verify", "--data", "--json");
    assertThat(stored.json().at("/result/stored").asInt()).isEqualTo(1);
    assertThat(stored.json().at("/warnings")).isEmpty();
    Ran doctor = verifier.run("doctor", "--expect", "restorer");
    assertThat(doctor.exit()).as(doctor.everything()).isZero();

    // A writer may create there, and may not read what is there.
    Ran writer = done(Role.WRITER, "verify", "--json");
    assertThat(writer.json().at("/warnings/0").asText())
        .contains("verifications/", "storage.objects.get");
    assertThat(done(Role.WRITER, "list").err()).contains("is not known");
    done(Role.WRITER, "backup", "--db", node);
  }
}
