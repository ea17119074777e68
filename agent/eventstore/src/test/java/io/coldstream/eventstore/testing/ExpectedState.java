package io.coldstream.eventstore.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an independent checker found in a state of a fixture.
 *
 * @param checkpoints the values of the checkpoint files by their bare names, −1 for unset
 * @param chunks every chunk file
 * @param cover the names of the files that hold the log, in its order
 * @param indexMap the index map, where there is one
 * @param epochs where the epoch records of the unscavenged chunks start
 * @param safeCuts the safe cuts in the unscavenged chunks, ends of records only; not for clusters
 */
public record ExpectedState(
    Map<String, Long> checkpoints,
    List<Chunk> chunks,
    List<String> cover,
    Optional<IndexMap> indexMap,
    List<Long> epochs,
    Optional<SafeCuts> safeCuts) {

  /**
   * A chunk file.
   *
   * @param file its name
   * @param format its format
   * @param chunkSize its chunk size in bytes
   * @param start its first number
   * @param end its last number
   * @param scavenged whether it is
   * @param id its id
   * @param transform its transform
   * @param length its length in bytes
   * @param footer its footer, when it is completed
   */
  public record Chunk(
      String file,
      int format,
      long chunkSize,
      int start,
      int end,
      boolean scavenged,
      String id,
      int transform,
      long length,
      Optional<Footer> footer) {}

  /**
   * A footer.
   *
   * @param physical bytes of records
   * @param logical bytes of the log
   * @param map bytes of the position map
   * @param md5 the digest
   */
  public record Footer(long physical, long logical, long map, String md5) {}

  /**
   * An index map.
   *
   * @param prepare the prepare checkpoint
   * @param commit the commit checkpoint
   * @param maxLevel the merge level
   * @param tables the tables in its order
   */
  public record IndexMap(long prepare, long commit, int maxLevel, List<String> tables) {}

  /**
   * Safe cuts.
   *
   * @param count how many there are
   * @param first the first three
   * @param last the last three
   */
  public record SafeCuts(int count, List<Long> first, List<Long> last) {}

  /** {@return the value of writer.chk} */
  public long writer() {
    return checkpoints.get("writer");
  }

  static Map<String, ExpectedState> all(String json) {
    Map<String, ExpectedState> states = new LinkedHashMap<>();
    Map<?, ?> all = (Map<?, ?>) ((Map<?, ?>) ExpectedJson.parse(json)).get("states");
    all.forEach((name, state) -> states.put((String) name, of((Map<?, ?>) state)));
    return states;
  }

  private static ExpectedState of(Map<?, ?> state) {
    if (!"ok".equals(state.get("judged"))) {
      throw new IllegalArgumentException("judged " + state.get("judged"));
    }
    Map<String, Long> checkpoints = new LinkedHashMap<>();
    ((Map<?, ?>) state.get("checkpoints"))
        .forEach((name, value) -> checkpoints.put((String) name, (Long) value));
    return new ExpectedState(
        checkpoints,
        ((List<?>) state.get("chunks")).stream().map(c -> chunk((Map<?, ?>) c)).toList(),
        strings(state.get("cover")),
        Optional.ofNullable((Map<?, ?>) state.get("indexmap")).map(ExpectedState::indexMap),
        longs(state.get("epochs")),
        Optional.ofNullable((Map<?, ?>) state.get("safeCuts"))
            .map(cuts -> new SafeCuts(
                number(cuts, "count"), longs(cuts.get("first")), longs(cuts.get("last")))));
  }

  private static Chunk chunk(Map<?, ?> chunk) {
    Optional<Footer> footer = Boolean.TRUE.equals(chunk.get("completed"))
        ? Optional.of(new Footer(
            (Long) chunk.get("physical"),
            (Long) chunk.get("logical"),
            (Long) chunk.get("map"),
            (String) chunk.get("md5")))
        : Optional.empty();
    return new Chunk(
        (String) chunk.get("file"),
        number(chunk, "format"),
        (Long) chunk.get("chunkSize"),
        number(chunk, "start"),
        number(chunk, "end"),
        (Boolean) chunk.get("scavenged"),
        (String) chunk.get("id"),
        number(chunk, "transform"),
        (Long) chunk.get("length"),
        footer);
  }

  private static IndexMap indexMap(Map<?, ?> map) {
    if (!Boolean.TRUE.equals(map.get("hash_ok")) || !"2".equals(map.get("version"))) {
      throw new IllegalArgumentException("an index map that the checker refused");
    }
    return new IndexMap(
        (Long) map.get("prepare"),
        (Long) map.get("commit"),
        Integer.parseInt((String) map.get("maxlevel")),
        strings(map.get("tables")));
  }

  private static int number(Map<?, ?> object, String name) {
    return Math.toIntExact((Long) object.get(name));
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  private static List<Long> longs(Object list) {
    return ((List<?>) list).stream().map(Long.class::cast).toList();
  }
}
