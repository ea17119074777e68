package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plants secrets wherever a hurried person may paste one, prints everything, and looks for them. */
class SecretsTest {

  private static final String SECRET = "hunter2Plant3d";

  @TempDir
  private Path home;

  private static void hidden(Ran ran) {
    assertThat(ran.everything()).doesNotContain(SECRET);
  }

  private static void refused(Ran ran) {
    hidden(ran);
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/p?sig=" + SECRET,
        "az://account/container/p?sv=2024-01-01&sp=racwl&sig=" + SECRET,
        "az://account/container/p?AccountKey=" + SECRET,
        "az://user:" + SECRET + "@account/container",
        "gs://bucket/p?X-Goog-Signature=" + SECRET,
        "gs://bucket/p?upload_id=" + SECRET,
        "gs://bucket/p?access_token=" + SECRET,
        "s3://bucket/p?X-Amz-Signature=" + SECRET,
        "s3://bucket/p?secret=" + SECRET,
        "s3://bucket/p?aws-secret-access-key=" + SECRET,
        "s3://bucket/p?attempts=" + SECRET,
        "s3://user:" + SECRET + "@bucket/p",
        "s3://" + SECRET + "@bucket/p",
        "file://user:" + SECRET + "@/p",
        "s3://bucket/p#" + SECRET,
        "s3://bucket/ p" + SECRET,
        "nothing://bucket/p?sig=" + SECRET,
        "https://host/p?sig=" + SECRET,
        SECRET,
      })
  void inAUrl(String url) throws IOException {
    for (String form : new String[] {"--json", "-v", "--quiet"}) {
      refused(new Shell(home).run("list", form, "--repo", url));
      refused(new Shell(home).run("config", "show", form, "--repo=" + url));
      refused(new Shell(home).set("COLDSTREAM_REPO", url).run("show", form));
      refused(new Shell(home).run("copy", form, "--repo", "file:///none", "--to", url));
    }
    refused(new Shell(home).configure("repo: " + url + "\n").run("list", "-v"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store:\n  secret-key: " + SECRET,
        "store:\n  access_key: " + SECRET,
        "store:\n  attempts: " + SECRET,
        "to-store:\n  secret-key: " + SECRET,
        "secret: " + SECRET,
        "aws: {secretAccessKey: " + SECRET + "}",
        "repo: [" + SECRET + "]",
        "repo: {" + SECRET,
        "repo: \"" + SECRET,
        "\t" + SECRET + ": 1",
        "- " + SECRET,
        "max-drop: " + SECRET,
        "json: " + SECRET,
        "arrange: " + SECRET,
      })
  void inTheFile(String yaml) throws IOException {
    Shell shell = new Shell(home).configure(yaml + "\n");
    refused(shell.run("list", "-v", "--repo=s3://bucket/p"));
    hidden(shell.run("config", "show", "--json", "-v", "--repo=s3://bucket/p"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list " + SECRET,
        "list s3://bucket/p?sig=" + SECRET,
        "list --rebo=s3://user:" + SECRET + "@bucket",
        "list --repo s3://bucket s3://user:" + SECRET + "@bucket",
        "list --repo=a --repo=" + SECRET,
        "list --json=" + SECRET,
        "list --config=/none/" + SECRET + "?sig=" + SECRET + " --repo",
        "show " + SECRET,
        "show 1 " + SECRET,
        "s3://bucket/p?sig=" + SECRET,
        "config " + SECRET,
        "--secret=" + SECRET,
      })
  void amongTheArguments(String line) {
    refused(new Shell(home).run((Object[]) line.split(" ")));
    refused(new Shell(home).run((Object[]) (line + " --json -v").split(" ")));
  }

  @Test
  void inTheEnvironment() {
    Shell shell = new Shell(home)
        .set("AWS_SECRET_ACCESS_KEY", SECRET)
        .set("AWS_ACCESS_KEY_ID", SECRET)
        .set("AWS_SESSION_TOKEN", SECRET)
        .set("AZURE_STORAGE_CONNECTION_STRING", "AccountName=a;AccountKey=" + SECRET)
        .set("AZURE_STORAGE_KEY", SECRET)
        .set("AZURE_STORAGE_SAS_TOKEN", "?sv=1&sig=" + SECRET)
        .set("AZURE_CLIENT_SECRET", SECRET)
        .set("COLDSTREAM_TO_AWS_SECRET_ACCESS_KEY", SECRET)
        .set("COLDSTREAM_TO_AZURE_STORAGE_KEY", SECRET)
        .set("COLDSTREAM_NODE_USER", SECRET)
        .set("COLDSTREAM_NODE_PASSWORD", SECRET)
        .set("COLDSTREAM_AWS_SECRET", SECRET)
        .set("COLDSTREAM_SECRET_KEY", SECRET);
    Ran shown = shell.run("config", "show", "-v");

    hidden(shown);
    assertThat(shown.exit()).isZero();
    assertThat(shown.out())
        .contains("AWS_SECRET_ACCESS_KEY", "AZURE_STORAGE_KEY")
        .contains("COLDSTREAM_TO_AWS_SECRET_ACCESS_KEY")
        .contains("COLDSTREAM_NODE_PASSWORD")
        .contains("(set, not shown)");
    hidden(shell.run("config", "show", "--json"));
    hidden(shell.run(
        "copy", "-v", "--repo", "file:///none", "--to", "s3://b?endpoint=http://127.0.0.1:1"));
    hidden(shell.set("COLDSTREAM_QUIET", SECRET).run("list"));
    hidden(new Shell(home).set("COLDSTREAM_LOG", SECRET).run("list"));
  }

  /** Whatever the node answers, and however it is not reached. */
  @ParameterizedTest
  @ValueSource(ints = {200, 307, 401, 403, 404, 500, 503})
  void inTheCredentialsOfANode(int status) throws IOException {
    Shell shell = new Shell(home)
        .set("COLDSTREAM_NODE_USER", "ops")
        .set("COLDSTREAM_NODE_PASSWORD", SECRET)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString());
    String encoded =
        Base64.getEncoder().encodeToString(("ops:" + SECRET).getBytes(StandardCharsets.UTF_8));
    try (RawServer node =
        new RawServer(line -> Answer.of(status, "Location: http://127.0.0.1:1/\r\n", "{}"))) {
      for (String url : new String[] {
        node.uri().toString(),
        node.uri().toString().replace("http", "https"),
        "http://no.such.host.invalid",
        "http://127.0.0.1:1"
      }) {
        for (String form : new String[] {"--json", "-v"}) {
          Ran ran = shell.run("backup", form, "--node", url, "--db", home, "--quiet-node");
          hidden(ran);
          assertThat(ran.everything()).doesNotContain(encoded);
          assertThat(ran.exit()).as(ran.everything()).isNotZero();
        }
      }
    }
  }

  @Test
  void inTheKeyOfANodesClient() throws IOException {
    Path key = Files.writeString(
        home.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n-----END PRIVATE KEY-----\n");
    Shell shell = new Shell(home)
        .set("COLDSTREAM_NODE_CERTIFICATE", OwnAuthority.get().certificates().toString())
        .set("COLDSTREAM_NODE_KEY", key.toString())
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString());

    Ran ran = shell.run("backup", "-v", "--node", "https://127.0.0.1:1", "--db", home);

    refused(ran);
    assertThat(ran.err()).contains("COLDSTREAM_NODE_KEY names " + key);
  }

  @Test
  void inAKnownSettingThatTakesAUrl() throws IOException {
    Shell shell = new Shell(home)
        .configure("repo: s3://bucket/p\nstore:\n  endpoint: http://user:" + SECRET + "@host/\n");

    hidden(shell.run("config", "show"));
    hidden(shell.run("config", "show", "--json"));
    Ran list = shell.run("list", "-v");
    hidden(list);
    assertThat(list.exit()).isNotZero();
  }

  @Test
  void theLevelsAtWhichAnSdkPrintsRequestsAreOff() throws IOException {
    String logback = new String(
        SecretsTest.class.getResourceAsStream("/logback.xml").readAllBytes(),
        StandardCharsets.UTF_8);

    assertThat(logback)
        .contains("<logger name=\"software.amazon.awssdk\" level=\"WARN\"/>")
        .contains("<logger name=\"org.apache.hc\" level=\"WARN\"/>")
        .contains("<root level=\"WARN\">");
  }
}
