package io.coldstream.core.verify;

import io.coldstream.core.repository.FileCheck;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads complete objects in parallel and compares every known digest. */
final class DataCheck {

  /** How many objects are handed to the workers together: a task each takes memory. */
  private static final int AT_ONCE = 1000;

  private final ObjectReader reader;
  private final Workers workers;
  private final RunListener listener;

  DataCheck(ObjectReader reader, Workers workers, RunListener listener) {
    this.reader = reader;
    this.workers = workers;
    this.listener = listener;
  }

  /** What is wrong with some of the objects; store failures end it. */
  List<ObjectFault> run(List<WantedObject> objects)
      throws IOException, RunException, InterruptedException {
    List<ObjectFault> faults = new ArrayList<>();
    for (int from = 0; from < objects.size(); from += AT_ONCE) {
      List<Workers.Task<Optional<ObjectFault>>> tasks = new ArrayList<>();
      for (WantedObject object : objects.subList(from, Math.min(objects.size(), from + AT_ONCE))) {
        tasks.add(() -> fault(object));
      }
      workers.all(tasks).forEach(fault -> fault.ifPresent(faults::add));
    }
    return faults;
  }

  /** What is wrong with one object; empty when nothing is. */
  Optional<ObjectFault> fault(WantedObject object) throws IOException {
    Optional<FileCheck> check =
        object.file().map(file -> FileCheck.ofReadObjects(file, List.of(object.stored())));
    try {
      reader.read(object.stored(), 0, (bytes, offset, length) -> {
        check.ifPresent(c -> c.accept(bytes, offset, length));
        listener.on(new RunEvent.Transferred(length));
      });
    } catch (ObjectFault e) {
      return Optional.of(e);
    }
    Optional<String> fault = check.flatMap(FileCheck::fault);
    listener.on(
        new RunEvent.FileDone(object.stored().object().value(), object.stored().lengthBytes()));
    return fault.map(
        f -> new ObjectFault(ObjectFault.Kind.ALTERED, object.stored().object(), f));
  }
}
