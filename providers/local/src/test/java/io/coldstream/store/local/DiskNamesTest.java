package io.coldstream.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskNamesTest {

  /** Every kind of name of repository format 1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "coldstream.json",
        "RESTORE.txt",
        "manifests/000000000042.json",
        "pages/000000-000999-"
            + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.jsonl",
        "checkpoints/abcdefghijklmnopqrstuvwxyz/1/writer.chk",
        "checkpoints/abcdefghijklmnopqrstuvwxyz/1/direct/writer.chk",
        "index/0d6b2b0a-6f0e-4b8e-9d57-2b3f5f3d8a11-900150983cd24fb0d6963f7d28e17f72",
        "index/0d6b2b0a-6f0e-4b8e-9d57-2b3f5f3d8a11.bloomfilter-9f86d081884c7d65",
        "index/indexmap-900150983cd24fb0d6963f7d28e17f72",
        "chunks/chunk-000012.000003-900150983cd24fb0d6963f7d28e17f72",
        "chunks/chunk-000012.000003-900150983cd24fb0d6963f7d28e17f72.zst",
        "active/chunk-000013-0d6b2b0a-6f0e-4b8e-9d57-2b3f5f3d8a11/"
            + "3f2504e0-4f89-11d3-9a0c-0305e82c3301/0-4096-9f86d081884c7d65",
        "progress/abcdefghijklmnopqrstuvwxyz/12.json"
      })
  void namesOfTheFormatArePlain(String name) {
    String[] components = name.split("/");
    for (int i = 0; i < components.length - 1; i++) {
      assertThat(DiskNames.ofFolder(components[i])).isEqualTo(components[i]);
    }
    String last = components[components.length - 1];
    assertThat(DiskNames.ofFile(last)).isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource({
    "a, a%f, a",
    "a.b, a.b, a.b%d",
    "a%f, a%f%f, a%f%d",
    "a.b%d, a.b%d%f, a.b%d%d",
    "%f, %f%f, %f%d",
    ".hidden, .hidden, .hidden%d",
    "a-0123456789abcdef, a-0123456789abcdef, a-0123456789abcdef%d",
    "a-0123456789abcde, a-0123456789abcde%f, a-0123456789abcde",
  })
  void aComponentThatCouldBeFileAndFolderGetsAMark(String component, String file, String folder) {
    assertThat(DiskNames.ofFile(component)).isEqualTo(file);
    assertThat(DiskNames.ofFolder(component)).isEqualTo(folder);
  }

  @Test
  void noTwoComponentsShareADiskName() {
    Random random = new Random(5);
    Map<String, String> keys = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + random.nextInt(6); length > 0; length--) {
        name.append("a.%fd-".charAt(random.nextInt(6)));
      }
      String component = name + (random.nextInt(4) == 0 ? "-0123456789abcdef" : "");
      check(keys, DiskNames.ofFile(component), component);
      check(keys, DiskNames.ofFolder(component), component + "/");
    }
  }

  private static void check(Map<String, String> keys, String diskName, String key) {
    assertThat(DiskNames.keyOf(diskName)).contains(key);
    String earlier = keys.put(diskName, key);
    assertThat(earlier == null || earlier.equals(key))
        .as("%s: %s", diskName, key)
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b%f", "a%d", "a-0123456789abcdef%f"})
  void aDiskNameOfNoComponentIsForeign(String diskName) {
    assertThat(DiskNames.keyOf(diskName)).isEqualTo(Optional.empty());
  }

  @Test
  void noFolderOfAnObjectIsTheFolderOfUnfinishedFiles() {
    assertThat(DiskNames.ofFolder(DiskNames.UNFINISHED)).isNotEqualTo(DiskNames.UNFINISHED);
  }
}
