package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Fills an upload with its parts, and compares those that it has. */
final class PartTarget implements SectionTarget {

  private final PartedDriver driver;
  private final DriverCalls calls;
  private final String shown;
  private final UnfinishedUpload upload;

  PartTarget(PartedDriver driver, DriverCalls calls, String shown, UnfinishedUpload upload) {
    this.driver = driver;
    this.calls = calls;
    this.shown = shown;
    this.upload = upload;
  }

  /** Whether the content of a part can be compared. */
  static boolean isComparable(Part part, PartedDriver driver) {
    return part.crc32c().isPresent() || driver.tagDigest(part).isPresent();
  }

  @Override
  public boolean mayHold(int section) {
    return upload.part(section).filter(part -> isComparable(part, driver)).isPresent();
  }

  @Override
  public boolean holds(int section, InputStream content) throws IOException {
    Part there = upload.part(section).orElseThrow();
    CheckedInputStream checked = new CheckedInputStream(content, new CRC32C());
    boolean same;
    if (there.crc32c().isPresent()) {
      checked.transferTo(OutputStream.nullOutputStream());
      same = there.crc32c().getAsInt() == crc32c(checked);
    } else {
      MessageDigest digest = driver.tagDigest(there).orElseThrow();
      new DigestInputStream(checked, digest).transferTo(OutputStream.nullOutputStream());
      same = there.tag().equalsIgnoreCase(HexFormat.of().formatHex(digest.digest()));
    }
    if (!same) {
      upload.disown();
      throw DriverCalls.failed(
          Operation.PUT,
          shown,
          Kind.CORRUPT,
          "part " + (section + 1) + " of the unfinished upload belongs to other content");
    }
    upload.prove();
    upload.stored(
        section, new Part(there.tag(), there.lengthBytes(), OptionalInt.of(crc32c(checked))));
    return true;
  }

  private static int crc32c(CheckedInputStream read) {
    return (int) read.getChecksum().getValue();
  }

  @Override
  public void send(SectionBody body) throws StoreException {
    CountedBody counted = new CountedBody(body);
    PartAnswer answer;
    try {
      answer = driver.send(upload.id(), counted);
    } catch (UploadGoneException e) {
      upload.lose();
      throw e.failure(Operation.PUT, shown);
    } catch (IOException | RuntimeException e) {
      upload.askAgain();
      throw calls.failure(Operation.PUT, shown, e);
    }
    String tag = Confirmations.version(shown, answer.tag());
    Confirmations.checkSent(shown, counted);
    Confirmations.checkReceived(shown, answer.crc32c(), body);
    upload.stored(body.section(), new Part(tag, body.lengthBytes(), OptionalInt.of(body.crc32c())));
  }
}
