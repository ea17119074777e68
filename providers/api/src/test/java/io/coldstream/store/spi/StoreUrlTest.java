package io.coldstream.store.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.StoreException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a URL, or a setting in it, must not become on its way to a path. */
class StoreUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///backup/gr%F6sse",
        "s3://bucket/gr%F6sse",
        "s3://bucket/p?kms-key=%F6",
        "s3://bucket/p?%F6=x",
        "file:///backup/\uFFFD",
      })
  void aUrlThatIsNotTextWhenDecodedIsRefused(String url) {
    StoreException failure = catchThrowableOfType(StoreException.class, () -> StoreUrl.parse(url));

    assertThat(failure).as(url).isNotNull();
    assertThat(failure.kind()).isEqualTo(StoreException.Kind.REJECTED);
    assertThat(failure).hasMessageContaining("not UTF-8").message().doesNotContain("\uFFFD");
  }

  @Test
  void onlyAFileUrlNamesAFolder() throws StoreException {
    assertThat(StoreUrl.parse("file:///backup/gr%C3%B6%C3%9Fe").path()).isEqualTo("/backup/größe");
    assertThat(StoreUrl.parse("file:///backup/db/").folder()).contains(Path.of("/backup/db"));
    assertThat(StoreUrl.parse("s3://bucket/backup").folder()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeNamedIsRefused() throws StoreException {
    StoreUrl url = StoreUrl.parse("file:///a%00b");

    assertThat(catchThrowableOfType(StoreException.class, url::folder).kind())
        .isEqualTo(StoreException.Kind.REJECTED);
  }

  @Test
  void aCertificateFileThatCannotBeNamedIsRefused() {
    StoreException failure = catchThrowableOfType(
        StoreException.class, () -> StoreSettings.of(Map.of("ca-file", "a\0b"), Set.of()));

    assertThat(failure.kind()).isEqualTo(StoreException.Kind.REJECTED);
    assertThat(failure).hasMessageContaining("\"ca-file\"");
  }
}
