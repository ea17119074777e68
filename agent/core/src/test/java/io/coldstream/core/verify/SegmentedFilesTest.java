package io.coldstream.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.verify.SegmentedFiles.Segmented;
import io.coldstream.store.ObjectName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which files one pass shows. */
class SegmentedFilesTest {

  private static final String ID = "00000000-0000-0000-0000-000000000001";

  private static FileEntry active(String... segments) {
    List<StoredBytes> objects = Arrays.stream(segments)
        .map(s -> new StoredBytes(
            new ObjectName("active/" + s), 10, Sha256.of(s.getBytes(StandardCharsets.UTF_8))))
        .toList();
    return new FileEntry(
        "chunk-000000.000000",
        objects,
        10L * segments.length,
        Sha256.of(String.join("", segments).getBytes(StandardCharsets.UTF_8)),
        List.of(),
        Optional.empty(),
        Optional.of(new ChunkEntry(0, 0, ID, false, Optional.empty(), 0)));
  }

  @Test
  void beginningsGoWithTheLongest() {
    SegmentedFiles files = new SegmentedFiles();
    files.add(active("a"), 1);
    files.add(active("a", "b"), 2);
    files.add(active("a", "b"), 3);
    files.add(active("a", "b", "c"), 4);
    files.add(active("x", "b"), 5);

    assertThat(files.passes())
        .containsExactly(
            List.of(
                new Segmented(active("a", "b", "c"), 4),
                new Segmented(active("a", "b"), 2),
                new Segmented(active("a"), 1)),
            List.of(new Segmented(active("x", "b"), 5)));
    assertThat(files.holds(new ObjectName("active/x"))).isTrue();
    assertThat(files.holds(new ObjectName("active/z"))).isFalse();
  }
}
