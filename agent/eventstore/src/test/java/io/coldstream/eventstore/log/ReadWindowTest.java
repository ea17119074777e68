package io.coldstream.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadWindowTest {

  private static final int FILE_BYTES = 1 << 20;
  private static final int LIMIT = FILE_BYTES - 100;

  private final byte[] content = new byte[FILE_BYTES];
  private final CountedFile file = new CountedFile();
  private final ReadWindow window = new ReadWindow(file, LIMIT);

  ReadWindowTest() {
    new Random(1).nextBytes(content);
  }

  @Test
  void aSingleRecordCostsASmallRead() throws Exception {
    read(500_000, 4);
    read(500_004 + 900, 4);
    read(500_004, 900);
    assertThat(file.reads).isEqualTo(1);
    assertThat(file.readBytes).isEqualTo(ReadWindow.FIRST_BYTES);
  }

  @Test
  void aLongWalkReadsEachByteAboutOnceInLargePieces() throws Exception {
    for (int offset = 128; offset + 512 <= LIMIT; offset += 512) {
      read(offset, 512);
    }
    assertThat(file.readBytes).isLessThan(FILE_BYTES + 2L * ReadWindow.MAX_BYTES);
    assertThat(file.reads).isLessThan(25);
  }

  @Test
  void soDoesALongWalkBackwards() throws Exception {
    for (int end = LIMIT; end - 512 >= 128; end -= 512) {
      read(end - 4, 4);
      read(end - 512, 512);
    }
    assertThat(file.readBytes).isLessThan(FILE_BYTES * 3L / 2);
    assertThat(file.reads).isLessThan(35);
  }

  @Test
  void anyReadGivesTheFilesBytes() throws Exception {
    Random random = new Random(2);
    for (int i = 0; i < 3000; i++) {
      int length = 1 + random.nextInt(i % 10 == 0 ? 2 * ReadWindow.MAX_BYTES : 3000);
      read(random.nextInt(LIMIT - length + 1), length);
    }
  }

  private void read(int offset, int length) throws IOException {
    assertThat(Arrays.equals(
            window.read(offset, length), Arrays.copyOfRange(content, offset, offset + length)))
        .as("%d bytes at %d", length, offset)
        .isTrue();
  }

  private final class CountedFile implements OpenFile {
    private int reads;
    private long readBytes;

    @Override
    public String name() {
      return "chunk";
    }

    @Override
    public long lengthBytes() {
      return content.length;
    }

    @Override
    public int read(ByteBuffer into, long positionBytes) {
      assertThat(positionBytes + into.remaining()).isLessThanOrEqualTo(LIMIT);
      reads++;
      readBytes += into.remaining();
      int count = into.remaining();
      into.put(content, (int) positionBytes, count);
      return count;
    }

    @Override
    public void close() {}
  }
}
