package io.coldstream.store.s3;

import io.coldstream.store.cloud.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Which lifecycle rules of a bucket remove objects of a repository when they get old.
 *
 * @param keys where the repository is
 * @param tags what its objects are tagged with
 */
record ObjectExpiry(Keys keys, Map<String, String> tags) {

  /** By their age, or at a date; removing old versions and delete markers is no harm. */
  @SuppressWarnings("deprecation") // rules that are older than filters have a prefix of their own
  boolean removes(LifecycleRule rule) {
    LifecycleExpiration expiration = rule.expiration();
    if (rule.status() != ExpirationStatus.ENABLED
        || expiration == null
        || (expiration.days() == null && expiration.date() == null)) {
      return false;
    }
    LifecycleRuleFilter filter = rule.filter();
    if (filter == null) {
      return keys.meets(Optional.ofNullable(rule.prefix()).orElse(""));
    }
    List<Tag> wanted = new ArrayList<>(filter.tag() == null ? List.of() : List.of(filter.tag()));
    String prefix = filter.prefix();
    if (filter.and() != null) {
      wanted.addAll(filter.and().tags());
      prefix = filter.and().prefix();
    }
    return keys.meets(Optional.ofNullable(prefix).orElse(""))
        && wanted.stream().allMatch(tag -> tag.value().equals(tags.get(tag.key())));
  }
}
