package io.coldstream.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalFailuresTest {

  private static final Path ROOT = Path.of("repo");

  private record Case(IOException thrown, Kind kind, String text) {}

  private static IOException system(String reason) {
    return new FileSystemException("repo/a", null, reason);
  }

  @Test
  void eachFailureOfTheFileSystemHasAKindAndAnAdvice() {
    for (Case c : List.of(
        new Case(new NoSuchFileException("repo/a"), Kind.NOT_FOUND, "repo/a: not there"),
        new Case(new AccessDeniedException("repo/a"), Kind.ACCESS_DENIED, "check owner and mode"),
        new Case(system("Permission denied"), Kind.ACCESS_DENIED, "Permission denied"),
        new Case(system("Operation not permitted"), Kind.ACCESS_DENIED, "not permitted"),
        new Case(system("Read-only file system"), Kind.ACCESS_DENIED, "mounted read-only"),
        new Case(
            new IOException("No space left on device"),
            Kind.UNAVAILABLE,
            "repo: no space left on the device; make room"),
        new Case(system("No space left on device"), Kind.UNAVAILABLE, "no space left"),
        new Case(system("Disk quota exceeded"), Kind.UNAVAILABLE, "quota is used up"),
        new Case(new IOException("Input/output error"), Kind.UNAVAILABLE, "Input/output"),
        new Case(new IOException("Stale file handle"), Kind.UNAVAILABLE, "Stale"),
        new Case(new IOException("Eingabefehler"), Kind.UNAVAILABLE, "Eingabefehler"),
        new Case(new IOException(), Kind.UNAVAILABLE, "IOException"),
        new Case(system("File name too long"), Kind.REJECTED, "too long"),
        new Case(system("Filename too long"), Kind.REJECTED, "too long"),
        new Case(system("Not a directory"), Kind.REJECTED, "Not a directory"),
        new Case(system("Operation not supported"), Kind.REJECTED, "not supported"),
        new Case(system("No such device or address"), Kind.REJECTED, "No such device"),
        new Case(system("File too large"), Kind.REJECTED, "too large"),
        new Case(system("Too many levels of symbolic links"), Kind.REJECTED, "links"))) {
      StoreException failure = LocalFailures.of("put a", ROOT, c.thrown());
      assertThat(failure.kind()).as("%s", c.thrown()).isEqualTo(c.kind());
      assertThat(failure).hasMessageStartingWith("put a: repo").hasMessageContaining(c.text());
      assertThat(failure).hasCause(c.thrown());
    }
  }

  @Test
  void eachFailureToCreateALinkHasAKind() {
    for (String reason :
        List.of("Operation not permitted", "Operation not supported", "Function not implemented")) {
      StoreException failure = LocalFailures.ofLink("put a", ROOT, system(reason));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure).hasMessageContaining("has no hard links");
    }
    StoreException mounted =
        LocalFailures.ofLink("put a", ROOT, system("Invalid cross-device link"));
    assertThat(mounted.kind()).isEqualTo(Kind.REJECTED);
    assertThat(mounted).hasMessageContaining("mounted inside repo");
    StoreException full = LocalFailures.ofLink("put a", ROOT, system("No space left on device"));
    assertThat(full.kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void anInterruptIsUnavailableAndKeepsTheFlag() {
    StoreException failure = LocalFailures.of("put a", ROOT, new InterruptedIOException());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(LocalFailures.of("put a", ROOT, new ClosedByInterruptException()))
        .hasMessage("put a: interrupted");
  }

  @Test
  void thePortsOwnExceptionPassesThrough() {
    StoreException failure = new StoreException(Kind.CORRUPT, "x", null);
    assertThat(LocalFailures.of("put a", ROOT, failure)).isSameAs(failure);
  }
}
