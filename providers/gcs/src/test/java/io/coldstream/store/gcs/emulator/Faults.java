package io.coldstream.store.gcs.emulator;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The faults there are. */
public final class Faults {

  /** Work that a fault does while a request waits, such as waiting for a latch. */
  @FunctionalInterface
  public interface Step {
    /** Does it; an interrupt ends the connection. */
    void run() throws InterruptedException;
  }

  private Faults() {}

  /** An answer instead of the effect: a refusal, or a 200 that carries an error. */
  public static Fault answer(Answer answer) {
    return new Fault() {
      @Override
      public Optional<Answer> instead() {
        return Optional.of(answer);
      }
    };
  }

  /** An error in the service's form instead of the effect. */
  public static Fault refuse(int status, String reason) {
    return answer(Answer.error(status, reason, "refused by the test"));
  }

  /** The request takes effect, and its sender hears something else. */
  public static Fault answerAfter(Answer answer) {
    return new Fault() {
      @Override
      public Answer outgoing(Answer real) {
        return answer;
      }
    };
  }

  /** The connection ends before the effect. */
  public static Fault drop() {
    return new Fault() {
      @Override
      public Optional<Answer> instead() throws IOException {
        throw new Dropped();
      }
    };
  }

  /** The request takes effect, and the connection ends without an answer. */
  public static Fault loseAnswer() {
    return new Fault() {
      @Override
      public Answer outgoing(Answer real) throws IOException {
        throw new Dropped();
      }
    };
  }

  /** The connection ends when this many bytes of the request's body were read. */
  public static Fault cutRequest(long bytes) {
    return new Fault() {
      @Override
      public InputStream incoming(InputStream body) {
        return new CutInput(body, bytes, true);
      }
    };
  }

  /** A chunk arrives, and the server keeps only what lies before this many of its bytes. */
  public static Fault keepOnly(long bytes) {
    return new Fault() {
      @Override
      public InputStream incoming(InputStream body) {
        return new CutInput(body, bytes, false);
      }
    };
  }

  /** The whole answer is promised, and the connection ends after this many bytes of its body. */
  public static Fault cutAnswer(long bytes) {
    return new Fault() {
      @Override
      public Answer outgoing(Answer real) {
        return real.withBody(
            new AlteredBody.Short(real.body(), bytes, real.body().length()));
      }
    };
  }

  /** No length is promised, and the body ends after this many bytes as if it were whole. */
  public static Fault shortenAnswer(long bytes) {
    return new Fault() {
      @Override
      public Answer outgoing(Answer real) {
        return real.withBody(new AlteredBody.Short(real.body(), bytes, OptionalLong.empty()));
      }
    };
  }

  /** Does something before the effect, such as waiting, or changing an object meanwhile. */
  public static Fault before(Step step) {
    return new Fault() {
      @Override
      public Optional<Answer> instead() throws IOException {
        run(step);
        return Optional.empty();
      }
    };
  }

  /** Does something between the effect and the answer. */
  public static Fault after(Step step) {
    return new Fault() {
      @Override
      public Answer outgoing(Answer real) throws IOException {
        run(step);
        return real;
      }
    };
  }

  /** Does something before each piece of the request's body is read. */
  public static Fault slowRequest(Step step) {
    return new Fault() {
      @Override
      public InputStream incoming(InputStream body) {
        return new FilterInputStream(body) {
          @Override
          public int read() throws IOException {
            Faults.run(step);
            return super.read();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            Faults.run(step);
            return super.read(bytes, offset, length);
          }
        };
      }
    };
  }

  /** Does something before each piece of the answer's body is written. */
  public static Fault slowAnswer(Step step) {
    return new Fault() {
      @Override
      public Answer outgoing(Answer real) {
        return real.withBody(new AlteredBody.Slow(real.body(), step));
      }
    };
  }

  static void run(Step step) throws IOException {
    try {
      step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Dropped();
    }
  }
}
