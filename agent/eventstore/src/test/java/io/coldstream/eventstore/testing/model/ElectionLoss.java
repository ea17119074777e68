package io.coldstream.eventstore.testing.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Three states of a node that lost an election: twice before it, beyond the position where its cluster
 * later continued, and once after it truncated its log and wrote on in a new epoch.
 *
 * @param first the database's directory, at first
 * @param second the same, later
 * @param afterElection the same after the election
 * @param ledger what was written
 */
public record ElectionLoss(Path first, Path second, Path afterElection, Ledger ledger) {

  private static final int MAX_SEEDS = 100;

  /** Writes the three states below a folder. */
  public static ElectionLoss write(Path folder) throws IOException {
    for (long seed = 1; seed <= MAX_SEEDS; seed++) {
      WriterModel model =
          new WriterModel(WriterModel.Settings.of(Profile.V26_1, seed).steady());
      model.run(400);
      DatabaseSet first = model.snapshot();
      long firstCut = lastCut(model);
      model.run(40);
      DatabaseSet second = model.snapshot();
      if (model.truncate() && fork(model) < firstCut) {
        first.writeTo(folder.resolve("first"));
        second.writeTo(folder.resolve("second"));
        model.snapshot().writeTo(folder.resolve("after-election"));
        return new ElectionLoss(
            folder.resolve("first"),
            folder.resolve("second"),
            folder.resolve("after-election"),
            model.ledger());
      }
    }
    throw new IllegalStateException("no seed discards enough");
  }

  /** Lets the server truncate, start and write again; where its new epoch begins. */
  private static long fork(WriterModel model) {
    model.run(120);
    List<Ledger.Epoch> epochs = model.ledger().current().epochs();
    return model.truncating() || epochs.size() < 2
        ? Long.MAX_VALUE
        : epochs.get(epochs.size() - 1).position();
  }

  private static long lastCut(WriterModel model) {
    Ledger.Branch branch = model.ledger().current();
    List<Long> cuts = branch.safeCuts(branch.writerValues().last());
    return cuts.get(cuts.size() - 1);
  }
}
