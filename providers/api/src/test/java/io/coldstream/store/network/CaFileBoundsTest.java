package io.coldstream.store.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are read from a file of reasonable length, or not at all. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class CaFileBoundsTest {

  @TempDir
  private Path folder;

  private static StoreException refused(Path file) {
    StoreException failure = catchThrowableOfType(
        StoreException.class, () -> CaFile.trustManagers(Map.of("setting \"ca-file\"", file)));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContainingAll("ca-file", file.toString());
    return failure;
  }

  @Test
  void aDeviceOrFolderIsRefused() {
    assertThat(refused(Path.of("/dev/zero"))).hasMessageContaining("not a regular file");
    assertThat(refused(folder)).hasMessageContaining("not a regular file");
  }

  @Test
  void aFileWithoutEndIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("long"), new byte[(8 << 20) + 1]);
    assertThat(refused(file)).hasMessageContaining("longer than 8388608 bytes");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(refused(folder.resolve("none"))).hasMessageContaining("cannot be read");
  }

  @Test
  void aFileWithoutACertificateIsRefused() throws IOException {
    assertThat(refused(Files.createFile(folder.resolve("empty.pem"))))
        .hasMessageContaining("holds no certificate");
    assertThat(refused(
            Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\n?")))
        .hasMessageContaining("something else than certificates");
  }
}
