package io.coldstream.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reading s3://bucket/a failed            | reading s3://bucket/a failed",
        "https://h/a?sig=x&se=1 failed           | https://h/a?... failed",
        "https://user:pw@h/a                     | https://...@h/a",
        "AccountKey=abc==;EndpointSuffix=y       | AccountKey=...;EndpointSuffix=y",
        "aws_secret_access_key = abc/def         | aws_secret_access_key = ...",
        "give --repo URL or \"repo:\"            | give --repo URL or \"repo:\"",
        "is this right? yes                      | is this right? yes",
      })
  void takesOutWhatLooksLikeASecretAndNothingElse(String text, String shown) {
    assertThat(Redaction.of(text)).isEqualTo(shown);
  }

  @Test
  void whatWasTypedIsNotRepeatedExceptNames() {
    String shown = Redaction.of(
        "option --repo: 'hunter2' after list is wrong",
        List.of("list", "--repo=hunter2"),
        List.of("list", "--repo"));

    assertThat(shown).isEqualTo("option --repo: '...' after list is wrong");
  }
}
