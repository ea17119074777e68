package io.coldstream.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreProviders;
import io.coldstream.store.spi.StoreUrl;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlHintTest {

  private static final Pattern URL = Pattern.compile("[a-z0-9]+:///?[^\\s,]+");

  @TempDir
  private Path home;

  @ParameterizedTest
  @CsvSource({
    "/tmp/x, file:///tmp/x",
    "/tmp/with space, file:///tmp/with%20space",
    "./x, file://CWD/x",
    "../x/, file://PARENT/x",
    "~/x, file://HOME/x",
    "file:x, file://CWD/x",
    "bucket/prefix, s3://bucket/prefix",
    "https://bucket.s3.amazonaws.com/prefix, s3://bucket/prefix",
    "https://bucket.s3.eu-west-1.amazonaws.com/a/b/, s3://bucket/a/b and add ?region=eu-west-1",
    "https://s3-eu-west-1.amazonaws.com/bucket/a, s3://bucket/a and add ?region=eu-west-1",
    "https://s3.amazonaws.com/bucket/a, s3://bucket/a",
    "https://account.blob.core.windows.net/c, az://account/c",
    "abfs://c@account.dfs.core.windows.net/p, az://account/c/p",
    "abfss://c@account.dfs.core.windows.net, az://account/c",
    "wasb://c@account.blob.core.windows.net/p, az://account/c/p",
    "https://storage.googleapis.com/b/p, gs://b/p",
    "https://b.storage.googleapis.com/p, gs://b/p",
    "https://storage.cloud.google.com/b/p, gs://b/p",
    "http://minio:9000/b/p, s3://b/p and add ?endpoint=http://minio:9000",
    "gcs://b/p, gs://b/p",
    "azure://a/c, az://a/c",
    "s3a://b/p, s3://b/p",
    "s3:b/p, s3://b/p",
  })
  void theHintHasTheCompleteUrl(String text, String expected) throws StoreException {
    Path here = Path.of("").toAbsolutePath();
    String url = expected
        .replace("CWD", here.toString())
        .replace("PARENT", here.getParent().toString())
        .replace("HOME", home.toString());

    Ran ran = new Shell(home).run("list", "--repo", text);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("use " + url);
    Matcher shown = URL.matcher(ran.err().substring(ran.err().indexOf("use ")));
    assertThat(shown.find()).isTrue();
    StoreProviders.forUrl(StoreUrl.parse(shown.group()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:\\x", "D:\\backup\\db"})
  void aPathOfWindowsIsNamed(String path) {
    assertThat(new Shell(home).run("list", "--repo", path).err())
        .contains("this is a path of Windows")
        .contains("file:///PATH");
  }

  /** Without an upper-case letter or a sign a pasted key looks like a bucket. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "geheimxUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "/geheimUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "https://bucket.s3.amazonaws.com/p?X-Amz-Signature=geheim",
        "https://a.blob.core.windows.net/c?sig=geheim",
        "https://user:geheim@minio/bucket",
        "abfs://c:geheim@a.dfs.core.windows.net/p",
        "gcs://user:geheim@b/p",
      })
  void whatMayHoldASecretIsNotRepeated(String text) {
    Ran ran = new Shell(home).run("list", "-v", "--repo", text);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.everything()).doesNotContain("geheim");
  }
}
