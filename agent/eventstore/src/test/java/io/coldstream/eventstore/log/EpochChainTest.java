package io.coldstream.eventstore.log;

import static io.coldstream.eventstore.Refusal.damaged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coldstream.eventstore.Invariant;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EpochChainTest {

  @Test
  void theChainIsFollowedToTheFirst() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1).event();
    long second = log.end();
    log.epoch(1, 0).without(50).completeScavenged().event();
    long third = log.end();
    LogReader reader = log.epoch(4, second).event().reader();
    Lineage lineage = EpochChain.lineage(reader, third);
    assertThat(lineage.epochs()).extracting(Epoch::position).containsExactly(0L, second, third);
    assertThat(lineage.epochs()).extracting(Epoch::number).containsExactly(0L, 1L, 4L);
    assertThat(lineage.databaseId()).isEqualTo(new UUID(9, 0));
    assertThat(lineage.last().previousPosition()).isEqualTo(OptionalLong.of(second));
    assertThat(lineage.lastWhollyBelow(0)).isEmpty();
    assertThat(lineage.lastWhollyBelow(second)).contains(lineage.epochs().get(0));
    assertThat(lineage.lastWhollyBelow(2000)).contains(lineage.epochs().get(1));
    assertThat(EpochChain.read(reader, third, epoch -> epoch.number() == 1))
        .isEqualTo(lineage.epochs().subList(1, 3));
    assertThat(EpochSearch.lastBelow(reader, reader.writer(), 4000)).contains(lineage.last());
    assertThat(EpochSearch.lastBelow(reader, third, 4000))
        .contains(lineage.epochs().get(1));
    assertThat(EpochSearch.lastBelow(reader, reader.writer(), 10)).isEmpty();
  }

  @Test
  void aPositionThatLeadsNowhereIsDamage() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1);
    long event = log.end();
    LogReader reader = log.event().reader();
    damaged(Invariant.I5, () -> EpochChain.lineage(reader, event), "is not an epoch record");
    damaged(Invariant.I5, () -> EpochChain.lineage(reader, reader.writer()), "no record can start");
    damaged(Invariant.I5, () -> EpochChain.lineage(reader, -1), "no record can start at -1");
    damaged(Invariant.I5, () -> EpochChain.lineage(reader, 1L << 60), "no record can start");
    damaged(Invariant.I1, () -> EpochChain.lineage(reader, event + 1), "chunk-000000.000000");
  }

  @Test
  void aChainThatLeadsToAnEventIsDamage() throws IOException {
    SmallLog log = new SmallLog().epoch(0, -1);
    long event = log.end();
    long last = log.event().end();
    LogReader reader = log.epoch(1, event).reader();
    damaged(Invariant.I5, () -> EpochChain.lineage(reader, last), "is not an epoch record");
  }

  @Test
  void aChainMustDescend() throws IOException {
    SmallLog log = new SmallLog().epoch(5, -1).event();
    long last = log.end();
    LogReader reader = log.epoch(5, 0).reader();
    damaged(Invariant.I5, () -> EpochChain.lineage(reader, last), "epoch 5 at 0 comes before");
    SmallLog forward = new SmallLog().epoch(0, 100);
    LogReader hostile = forward.reader();
    damaged(Invariant.I1, () -> EpochChain.lineage(hostile, 0), "is an epoch that cannot be read");
  }

  @Test
  void aLineageRises() {
    Epoch zero = new Epoch(0, new UUID(1, 1), 0, OptionalLong.empty());
    Epoch one = new Epoch(1, new UUID(1, 2), 50, OptionalLong.of(0));
    assertThat(new Lineage(List.of(zero, one)).last()).isEqualTo(one);
    assertThatIllegalArgumentException().isThrownBy(() -> new Lineage(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Lineage(List.of(one, zero)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Lineage(List.of(zero, zero)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Epoch(0, new UUID(1, 1), -1, OptionalLong.empty()));
  }
}
