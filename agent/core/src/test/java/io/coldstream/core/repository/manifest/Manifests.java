package io.coldstream.core.repository.manifest;

import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.store.ObjectName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Manifests for tests: small, complete, without meaning. */
public final class Manifests {

  public static final String REPOSITORY_ID = "0123456789abcdefghjkmnpqrs";
  public static final UUID DATABASE_ID = new UUID(1, 2);

  private Manifests() {}

  /** A backup of two completed chunks and an active one, with an index. */
  public static Manifest sample(long sequence) {
    FileEntry active = new FileEntry(
        "chunk-000002.000000",
        List.of(
            stored("active/chunk-000002-id/epoch/0-300-aa", 300),
            stored("active/chunk-000002-id/epoch/300-500-bb", 200)),
        500,
        Sha256.of(new byte[500]),
        List.of(),
        Optional.empty(),
        Optional.of(chunkEntry(2, 2, Optional.empty())));
    return new Manifest(
        sequence,
        REPOSITORY_ID,
        new Origin(
            "a".repeat(26), 1, Instant.EPOCH, "host", Optional.of("label"), Optional.empty(), "0"),
        new LogState(
            new Positions(
                2_000_000, 1_900_000, OptionalLong.of(70), OptionalLong.empty(), 2_000_000, 70),
            1 << 20,
            new Lineage(List.of(
                new Epoch(0, DATABASE_ID, 0, OptionalLong.empty()),
                new Epoch(1, new UUID(3, 4), 70, OptionalLong.of(0)))),
            Instant.EPOCH),
        Optional.of(new ForkedFrom(1, 99)),
        new ManifestFiles(
            "checkpoints/" + "a".repeat(26) + "/1/",
            List.of(FileEntry.plain(
                "writer.chk", stored("checkpoints/x/1/writer.chk", 8), Optional.empty())),
            Optional.of(new IndexEntry(
                FileEntry.plain("indexmap", stored("index/indexmap-x", 9), Optional.empty()),
                List.of(),
                77)),
            List.of(page(List.of(chunk(0, 0), chunk(1, 1)))),
            Optional.of(active),
            List.of(new LeftOut("kurrent.ddb", "modified in place"))),
        new Totals(5, 4567, 3, 345));
  }

  /** The same with another history, which continues the backup before. */
  public static Manifest with(long sequence, Positions positions, Lineage lineage) {
    Manifest m = sample(sequence);
    return new Manifest(
        sequence,
        m.repositoryId(),
        m.origin(),
        new LogState(positions, m.log().chunkSizeBytes(), lineage, m.log().restorePointTime()),
        Optional.empty(),
        m.files(),
        m.totals());
  }

  /** The same backup with other files. */
  public static Manifest with(Manifest m, ManifestFiles files) {
    return new Manifest(
        m.sequence(), m.repositoryId(), m.origin(), m.log(), m.forkedFrom(), files, m.totals());
  }

  /** An edited document with the digest of what it says now: wrong, but not damaged. */
  public static byte[] redigested(String text) {
    String tail = "\n  \"sha256\" : \"";
    String covered = text.substring(0, text.lastIndexOf(tail) + 1);
    Sha256 digest = Sha256.of(covered.getBytes(StandardCharsets.UTF_8));
    return (covered + tail.substring(1) + digest + "\"\n}\n").getBytes(StandardCharsets.UTF_8);
  }

  /** A completed chunk. */
  public static FileEntry chunk(int first, int last) {
    String name = String.format(Locale.ROOT, "chunk-%06d.%06d", first, last - first);
    return FileEntry.plain(
        name,
        stored("chunks/" + name + "-" + "0".repeat(32), 4096),
        Optional.of(chunkEntry(first, last, Optional.of("0".repeat(32)))));
  }

  /** The entry for a page of chunks. */
  public static PageEntry page(List<FileEntry> files) {
    byte[] bytes = PageJson.write(files);
    List<String> identities = new ArrayList<>();
    files.forEach(file -> identities.add(file.chunkIdentity()));
    int first = files.get(0).chunk().orElseThrow().firstNumber() / 1000 * 1000;
    return new PageEntry(
        new ObjectName(String.format(
            Locale.ROOT, "pages/%06d-%06d-%s.jsonl", first, first + 999, Sha256.of(bytes))),
        first,
        files.size(),
        files.stream().mapToLong(FileEntry::lengthBytes).sum(),
        bytes.length,
        ChunkIdentity.digest(identities));
  }

  private static ChunkEntry chunkEntry(int first, int last, Optional<String> md5) {
    return new ChunkEntry(first, last, new UUID(5, first).toString(), last > first, md5, 4000);
  }

  private static StoredBytes stored(String object, long length) {
    return new StoredBytes(
        new ObjectName(object), length, Sha256.of(object.getBytes(StandardCharsets.UTF_8)));
  }
}
