package io.coldstream.core.doctor;

import io.coldstream.core.repository.Layout;
import io.coldstream.store.ObjectPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which checks a role needs, in their order: what others look at is created before. */
final class Checkup {

  private final DoctorParts parts;
  private final Scratch scratch;
  private final Areas areas;

  Checkup(DoctorParts parts, Scratch scratch, Areas areas) {
    this.parts = parts;
    this.scratch = scratch;
    this.areas = areas;
  }

  List<Check> of(Role role) {
    List<Check> checks = new ArrayList<>(List.of(new ListCheck(scratch)));
    switch (role) {
      case ANY -> {
        checks.addAll(creating());
        checks.addAll(
            List.of(new ReadBackCheck(scratch), new RangeCheck(scratch), new PinnedCheck(scratch)));
        checks.addAll(sending(true));
        checks.addAll(List.of(sweeping(), new DeleteCheck(scratch)));
      }
      case WRITER -> {
        checks.addAll(creating());
        checks.addAll(sending(false));
        checks.add(sweeping());
        checks.addAll(reading(Areas.ABOUT_BACKUPS));
        Areas.DATA.forEach(area -> checks.add(
            new NeverReadCheck(area.value(), () -> areas.of(area), parts.permissions())));
        checks.add(new NeverDeleteCheck(scratch, areas, parts.permissions()));
      }
      case RESTORER -> {
        checks.addAll(readingAll());
        checks.add(new NeverCreateCheck(scratch, parts.permissions()));
        checks.add(new NeverDeleteCheck(scratch, areas, parts.permissions()));
      }
      case PRUNER -> {
        checks.addAll(readingAll());
        checks.add(new SweepCheck(scratch, Layout.DOCTOR, Optional.empty()));
        checks.add(new ClearCheck(scratch, areas));
        checks.add(new NeverCreateCheck(scratch, parts.permissions()));
      }
    }
    return checks;
  }

  private List<Check> creating() {
    return List.of(
        new CreateCheck(scratch, parts.random()),
        new CreateOnlyCheck(scratch),
        new RaceCheck(scratch, parts.workers()),
        new ListedCheck(scratch));
  }

  private List<Check> sending(boolean readBack) {
    return List.of(
        new NamesCheck(scratch, readBack),
        new PartsCheck(scratch, parts, readBack),
        new ResumeCheck(scratch, parts, readBack),
        new ClassCheck(scratch, parts.storageClass()));
  }

  private Check sweeping() {
    return new SweepCheck(scratch, scratch.prefix(), Optional.of(parts));
  }

  private List<Check> readingAll() {
    List<ObjectPrefix> all = Stream.of(Areas.ABOUT_BACKUPS, List.of(Layout.CHECKPOINTS), Areas.DATA)
        .flatMap(List::stream)
        .toList();
    List<Check> checks = new ArrayList<>(reading(all));
    checks.add(new LeftoversCheck(scratch));
    checks.add(new RangeCheck(scratch));
    checks.add(new PinnedCheck(scratch));
    return checks;
  }

  private List<Check> reading(List<ObjectPrefix> prefixes) {
    List<Check> checks = new ArrayList<>();
    checks.add(new MayReadCheck(
        Layout.REPOSITORY.value(), () -> areas.of(Layout.REPOSITORY), parts.permissions()));
    prefixes.forEach(area ->
        checks.add(new MayReadCheck(area.value(), () -> areas.of(area), parts.permissions())));
    return checks;
  }
}
