package io.coldstream.core.support.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users and groups by name and by number. */
class OwnerNameTest {

  private static final List<String> USERS = List.of(
      "root:x:0:0:root:/root:/bin/sh", "", "broken", "kurrent:x:998:997::/nonexistent:/bin/false");
  private static final List<String> GROUPS = List.of("root:x:0:", "kurrent:x:997:", "disk:x:6:a,b");

  private static Owner resolve(String user, String group) throws OwnerName.UnknownName {
    return new OwnerName(user, Optional.ofNullable(group)).resolve(USERS, GROUPS);
  }

  @ParameterizedTest
  @CsvSource({
    "kurrent,, 998, 997",
    "998,, 998, 997",
    "kurrent, disk, 998, 6",
    "kurrent, 1234, 998, 1234",
    "1234, 5678, 1234, 5678",
    "root,, 0, 0"
  })
  void namesAndNumbersLeadToNumbers(String user, String group, int uid, int gid) throws Exception {
    assertThat(resolve(user, group)).isEqualTo(new Owner(uid, gid));
  }

  @Test
  void aNameThatTheMachineDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> resolve("eventstore", null))
        .isInstanceOf(OwnerName.UnknownName.class)
        .hasMessage(
            "there is no user \"eventstore\" in /etc/passwd; if it is managed elsewhere, give"
                + " its number (id -u eventstore)");
    assertThatThrownBy(() -> resolve("kurrent", "wheel"))
        .hasMessageContaining("there is no group \"wheel\" in /etc/group");
    assertThatThrownBy(() -> resolve("1234", null))
        .hasMessageContaining("user 1234 is not in /etc/passwd", "USER:GROUP");
  }

  @Test
  void theMachinesOwnFilesAreRead() throws Exception {
    assertThat(new OwnerName("root", Optional.empty()).resolve()).isEqualTo(new Owner(0, 0));
  }
}
