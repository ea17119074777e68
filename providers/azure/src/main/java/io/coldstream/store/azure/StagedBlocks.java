package io.coldstream.store.azure;

import com.azure.storage.blob.models.Block;
import io.coldstream.store.spi.OncePass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The uncommitted blocks of a name, as the store listed them: those that may be ours by their
 * names and lengths. Never changes.
 */
final class StagedBlocks {

  private final Map<Integer, Set<BlockId>> bySection;

  private StagedBlocks(Map<Integer, Set<BlockId>> bySection) {
    this.bySection = bySection;
  }

  /** Takes from a list those that could be sections of this content. */
  static StagedBlocks of(List<Block> blocks, OncePass pass) {
    Map<Integer, Set<BlockId>> bySection = new HashMap<>();
    for (Block block : blocks) {
      BlockId id = new BlockId(block.getName());
      id.section()
          .filter(section -> section >= 0
              && section < pass.sections()
              && pass.lengthOf(section) == block.getSizeLong())
          .ifPresent(section ->
              bySection.computeIfAbsent(section, s -> new HashSet<>()).add(id));
    }
    return new StagedBlocks(bySection);
  }

  boolean mayHold(int section) {
    return bySection.containsKey(section);
  }

  boolean holds(int section, BlockId id) {
    return bySection.getOrDefault(section, Set.of()).contains(id);
  }
}
