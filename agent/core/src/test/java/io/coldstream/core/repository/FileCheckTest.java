package io.coldstream.core.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.store.ObjectName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a check finds beside a reader that has compared the objects. */
class FileCheckTest {

  private static final byte[] CONTENT = "0123456789".getBytes(US_ASCII);
  private static final Sha256 OTHER = Sha256.of("9876543210".getBytes(US_ASCII));

  @Test
  void aSingleObjectIsComparedByItsReader() {
    FileEntry file = file(Sha256.of(CONTENT), stored(0, 10));

    assertThat(fault(file)).isEmpty();
  }

  @Test
  void aSingleObjectOfTheWrongLengthIsFound() {
    FileEntry file = file(Sha256.of(CONTENT), stored(0, 10));
    FileCheck check = FileCheck.ofReadObjects(file, file.objects());
    check.accept(CONTENT, 0, 9);

    assertThat(check.fault()).hasValueSatisfying(f -> assertThat(f).contains("9 bytes"));
  }

  @Test
  void aSingleObjectThatIsNotTheFileIsFound() {
    assertThat(fault(file(OTHER, stored(0, 10)))).isPresent();
  }

  @Test
  void soundSegmentsThatAreNotTheFileAreFound() {
    assertThat(fault(file(OTHER, stored(0, 4), stored(4, 10)))).isPresent();
    assertThat(fault(file(Sha256.of(CONTENT), stored(0, 4), stored(4, 10)))).isEmpty();
  }

  private static Optional<String> fault(FileEntry file) {
    FileCheck check = FileCheck.ofReadObjects(file, file.objects());
    check.accept(CONTENT, 0, CONTENT.length);
    return check.fault();
  }

  private static StoredBytes stored(int from, int to) {
    byte[] part = Arrays.copyOfRange(CONTENT, from, to);
    return new StoredBytes(new ObjectName("active/" + from), part.length, Sha256.of(part));
  }

  private static FileEntry file(Sha256 sha256, StoredBytes... objects) {
    return new FileEntry(
        "writer.chk",
        List.of(objects),
        CONTENT.length,
        sha256,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
