package io.coldstream.eventstore.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.MemoryFile;
import io.coldstream.eventstore.testing.model.Bytes;
import io.coldstream.eventstore.testing.model.IndexImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSearchTest {

  private static final TableName NAME = new TableName("00000000-0000-0000-0000-000000000001");

  private static final Comparator<TableEntry> BY_NUMBER = Comparator.comparing(TableEntry::number);

  /** Streams of one event, one that fills half of the table, and the first and last hash. */
  private static List<IndexImage.Entry> entries() {
    SplittableRandom random = new SplittableRandom(7);
    List<IndexImage.Entry> entries = new ArrayList<>();
    long large = random.nextLong();
    for (int i = 0; i < 500; i++) {
      entries.add(new IndexImage.Entry(3 * i, large, i));
      entries.add(new IndexImage.Entry(random.nextInt(5), random.nextLong(), 1000 + i));
    }
    for (long hash : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      for (int number = 10; number < 20; number++) {
        entries.add(new IndexImage.Entry(number, hash, number));
      }
      entries.add(new IndexImage.Entry(Integer.MAX_VALUE, hash, 99));
    }
    // Two streams of the same hash.
    entries.add(new IndexImage.Entry(6, large, 5000));
    return entries;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aSearchFindsWhatALookAtEveryEntryFinds(int version) throws IOException {
    List<IndexImage.Entry> entries = entries();
    TableSearch search = new TableSearch(new MemoryFile("t", table(version, entries)), NAME);
    for (IndexImage.Entry wanted : entries) {
      for (long number : new long[] {0, wanted.eventNumber(), wanted.eventNumber() + 1}) {
        for (int limit : new int[] {1, 3, 1000}) {
          long hash = wanted.streamHash();
          assertThat(search.from(hash, number, limit))
              .isSortedAccordingTo(BY_NUMBER)
              .containsExactlyInAnyOrderElementsOf(
                  expected(version, entries, hash, number, Long.MAX_VALUE, limit, true));
          assertThat(search.downFrom(hash, number, limit))
              .isSortedAccordingTo(BY_NUMBER.reversed())
              .containsExactlyInAnyOrderElementsOf(
                  expected(version, entries, hash, 0, number, limit, false));
        }
      }
      assertThat(search.downFrom(wanted.streamHash(), Long.MAX_VALUE, 2))
          .containsExactlyInAnyOrderElementsOf(
              expected(version, entries, wanted.streamHash(), 0, Long.MAX_VALUE, 2, false));
      assertThat(search.from(wanted.streamHash() + 1, 0, 1))
          .containsExactlyInAnyOrderElementsOf(
              expected(version, entries, wanted.streamHash() + 1, 0, Long.MAX_VALUE, 1, true));
    }
  }

  @Test
  void anEmptyTableHasNothing() throws IOException {
    TableSearch search = new TableSearch(new MemoryFile("t", IndexImage.table(List.of())), NAME);

    assertThat(search.from(1, 0, 10)).isEmpty();
    assertThat(search.downFrom(1, Long.MAX_VALUE, 10)).isEmpty();
  }

  /** Also what has the number of the last one, when the limit is reached. */
  private static List<TableEntry> expected(
      int version,
      List<IndexImage.Entry> entries,
      long hash,
      long from,
      long to,
      int limit,
      boolean ascending) {
    List<TableEntry> all = entries.stream()
        .filter(e -> e.streamHash() == hash)
        .map(e -> new TableEntry(number(version, e.eventNumber()), e.position()))
        .filter(e -> e.number() >= from && e.number() <= to)
        .sorted(Comparator.comparing(TableEntry::position))
        .sorted(ascending ? BY_NUMBER : BY_NUMBER.reversed())
        .toList();
    int end = Math.min(limit, all.size());
    while (end > 0
        && end < all.size()
        && all.get(end).number() == all.get(end - 1).number()) {
      end++;
    }
    return all.subList(0, end);
  }

  private static long number(int version, long number) {
    return version == 2 && number == Integer.MAX_VALUE ? Long.MAX_VALUE : number;
  }

  /** Older tables have no midpoints and no footer; in version 2 numbers have four bytes. */
  private static byte[] table(int version, List<IndexImage.Entry> entries) {
    if (version == 4) {
      return IndexImage.table(entries);
    }
    Bytes bytes = new Bytes().u8(1).u8(version).zerosTo(128);
    entries.stream()
        .sorted(Comparator.comparing(IndexImage.Entry::streamHash, Long::compareUnsigned)
            .thenComparing(IndexImage.Entry::eventNumber)
            .reversed())
        .forEach(entry -> {
          if (version == 2) {
            bytes.i32((int) entry.eventNumber());
          } else {
            bytes.i64(entry.eventNumber());
          }
          bytes.i64(entry.streamHash()).i64(entry.position());
        });
    return bytes.md5().toArray();
  }
}
