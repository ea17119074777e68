package io.coldstream.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.network.Network;
import io.coldstream.store.network.Route;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

class TransportsTest {

  private static StoreException unanswered(IOException io) {
    return Transports.unanswered(Operation.LIST, "s3://bucket/p/", io);
  }

  @Test
  void aFailureOnTheWayIsToldWithItsKind() {
    Route way = Network.DIRECT.to(URI.create("https://no.such"));
    StoreException failure =
        unanswered(new IOException(way.explained(new UnknownHostException("no.such"))));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContainingAll("s3://bucket/p/", "\"no.such\" is not known");
    StoreException rejected = unanswered(way.explained(new SSLPeerUnverifiedException("no")));
    assertThat(rejected.kind()).isEqualTo(Kind.REJECTED);
  }

  @Test
  void anyOtherFailureIsUnavailable() {
    StoreException failure = unanswered(new ConnectException("refused"));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("refused");
  }
}
