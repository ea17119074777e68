package io.coldstream.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TransportsTest {

  private static StoreException unanswered(IOException io) {
    return Transports.unanswered(Operation.LIST, "s3://bucket/p/", io);
  }

  @Test
  void anUnknownHostIsReportedWithWhatToCheck() {
    StoreException failure = unanswered(new IOException(new UnknownHostException("no.such")));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContainingAll("s3://bucket/p/", "host's name", "endpoint");
  }

  @Test
  void anUntrustedCertificateNamesTheSettingToChange() {
    SSLHandshakeException handshake = new SSLHandshakeException("no path");
    handshake.initCause(new CertificateException("no path"));
    StoreException failure = unanswered(handshake);
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining("ca-file");
  }

  @Test
  void anyOtherFailureIsUnavailable() {
    StoreException failure = unanswered(new ConnectException("refused"));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("refused");
  }
}
