package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.network.Network;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Severity;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.RandomSource;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The setting create, on a store that could do both. */
@Timeout(120)
class CheckedCreateTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final int PART = 5 << 20;

  @ParameterizedTest
  @ValueSource(ints = {100, PART + 1})
  void aTakenNameIsRefusedAndItsObjectIsUntouched(int length) throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    String url = "s3://" + server.newBucket() + "/p";
    try (ObjectStore store = Opened.store(url, server.settings(), "create", "checked")) {
      store.put(request(length));
      String version = store.stat(NAME).orElseThrow().version();
      StoreException failure = Failures.of(() -> store.put(request(length + 1)));
      assertThat(failure.kind()).isEqualTo(Kind.ALREADY_EXISTS);
      assertThat(store.stat(NAME).orElseThrow().version()).isEqualTo(version);
    }
  }

  @ParameterizedTest
  @CsvSource({"exclusive, true", "checked, false"})
  void onlyExclusiveCreatesCarryTheCondition(String create, boolean conditional) throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    String bucket = server.newBucket();
    Map<String, String> all = new HashMap<>(server.settings());
    all.put("create", create);
    all.put("part-size", "5MiB");
    S3Settings settings = S3Settings.of(
        StoreUrl.parse("s3://" + bucket + "/p"), StoreSettings.of(all, S3Settings.NAMES));
    List<Boolean> conditions = new CopyOnWriteArrayList<>();
    ExecutionInterceptor noting = new ExecutionInterceptor() {
      @Override
      public void beforeTransmission(
          Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (context.request() instanceof PutObjectRequest
            || context.request() instanceof CompleteMultipartUploadRequest) {
          conditions.add(
              context.httpRequest().firstMatchingHeader("If-None-Match").isPresent());
        }
      }
    };
    try (S3Connection connection = S3Connection.open(
            settings,
            Network.DIRECT,
            builder -> builder.overrideConfiguration(o -> o.addExecutionInterceptor(noting)));
        ObjectStore store = new CloudStore(
            new S3Driver(connection, settings), StoreTools.NONE, Clock.systemUTC())) {
      store.put(request(100));
      store.put(new PutRequest(
          new ObjectName("chunks/b"), new RandomSource(1, PART + 1), Placement.BULK));
    }
    assertThat(conditions).containsExactly(conditional, conditional);
  }

  @ParameterizedTest
  @CsvSource({"exclusive, false", "checked, true"})
  void theReportSaysThatTwoWritersAreNotSafe(String create, boolean told) throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    Map<String, String> all = new HashMap<>(server.settings());
    all.put("create", create);
    StoreReport report = new S3StoreProvider()
        .inspect(
            StoreUrl.parse("s3://" + server.newBucket() + "/p"),
            StoreSettings.of(all, S3Settings.NAMES));
    assertThat(report.about(Topic.CREATION).isPresent()).isEqualTo(told);
    if (told) {
      StoreFact fact = report.about(Topic.CREATION).orElseThrow();
      assertThat(fact.severity()).isEqualTo(Severity.CONCERN);
      assertThat(fact.advice()).startsWith("UNFIT FOR TWO WRITERS");
    }
  }

  private static PutRequest request(int length) {
    return new PutRequest(NAME, new RandomSource(length, length), Placement.STANDARD);
  }
}
