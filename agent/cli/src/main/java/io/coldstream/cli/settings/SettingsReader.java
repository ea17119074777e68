package io.coldstream.cli.settings;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.spi.StoreProviders;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The one place where settings are read. An option wins over the environment, the environment over
 * the file, the file over the default; in the store's settings the query of the URL wins over the
 * file.
 */
public final class SettingsReader {

  private static final String SYSTEMD_STATE = "STATE_DIRECTORY";
  private static final String USER_STATE = "XDG_STATE_HOME";

  private final Surroundings surroundings;
  private final Map<Setting, Located> written = new EnumMap<>(Setting.class);
  private final Map<String, Located> store = new TreeMap<>();
  private final Map<String, Located> targetStore = new TreeMap<>();
  private Optional<Located> fileRepo = Optional.empty();

  private SettingsReader(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Reads and checks all settings.
   *
   * @param options what the command line says; a flag's value is {@code true}
   * @param surroundings the environment and its files
   * @return the settings
   * @throws RunException {@link Kind#USAGE} for a name that is not known or a wrong value
   */
  public static Settings read(Map<Setting, String> options, Surroundings surroundings)
      throws RunException {
    SettingsReader reader = new SettingsReader(surroundings);
    reader.collect(options);
    return reader.settings();
  }

  private void collect(Map<Setting, String> options) throws RunException {
    LogLevel.require(surroundings.environment());
    Map<Setting, Located> near = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String variable = surroundings.environment().getOrDefault(setting.variable(), "");
      if (!variable.isEmpty()) {
        near.put(setting, new Located(variable, new Origin.InEnvironment(setting.variable())));
      }
    }
    options.forEach((s, text) -> near.put(s, new Located(text, new Origin.InOption(s.option()))));
    SettingsFile file = file(Optional.ofNullable(near.get(Setting.CONFIG)));
    file.settings().forEach((key, value) -> written.put(Setting.ofKey(key).orElseThrow(), value));
    fileRepo = Optional.ofNullable(file.settings().get(Setting.REPO.key()));
    written.putAll(near);
    store.putAll(file.store());
    targetStore.putAll(file.targetStore());
    for (Map.Entry<Setting, Located> each : written.entrySet()) {
      Values.text(each.getKey(), each.getValue());
    }
  }

  private SettingsFile file(Optional<Located> named) throws RunException {
    Set<String> names = new TreeSet<>(StoreSettings.COMMON);
    StoreProviders.settingNames().values().forEach(names::addAll);
    if (named.isPresent()) {
      return SettingsFile.read(Values.path(Setting.CONFIG, named.get()), names);
    }
    Path usual = surroundings.defaultConfigFile();
    if (!Files.exists(usual)) {
      return SettingsFile.NONE;
    }
    written.put(Setting.CONFIG, new Located(usual.toString(), new Origin.Default()));
    return SettingsFile.read(usual, names);
  }

  private Settings settings() throws RunException {
    Located state = state();
    Optional<RepositoryAddress> repository = repository();
    return new Settings(
        new OutputSettings(flag(Setting.JSON), flag(Setting.QUIET), flag(Setting.VERBOSE)),
        new StoreAddresses(
            repository,
            TargetSettings.of(targetStore, surroundings.environment(), surroundings.home())),
        new DatabaseSettings(path(Setting.DB), path(Setting.INDEX), node()),
        commands(),
        Values.folder(Setting.STATE, state),
        transfer(),
        SettingsOrigins.of(written, repository, state, stores(), surroundings.environment()));
  }

  private CommandSettings commands() throws RunException {
    return new CommandSettings(
        new BackupSettings(
            Optional.ofNullable(written.get(Setting.LABEL)).map(Located::text),
            bytes(Setting.MAX_ELECTION_LOSS),
            bytes(Setting.MIN_FREE),
            flag(Setting.WITHOUT_INDEX)),
        new RestoreSettings(
            written.containsKey(Setting.ARRANGE)
                && Values.isTruncate(Setting.ARRANGE, written.get(Setting.ARRANGE)),
            bytes(Setting.MAX_DROP),
            flag(Setting.WITHOUT_INDEX)),
        new RetentionSettings(
            RetentionReader.policy(written),
            Values.duration(Setting.PRUNE_GRACE, writtenOrUsual(Setting.PRUNE_GRACE)),
            flag(Setting.CONFIRM)));
  }

  private NodeSettings node() throws RunException {
    Located usual = new Located(Setting.MAX_LAG.defaultText(), new Origin.Default());
    return new NodeSettings(
        written.containsKey(Setting.NODE)
            ? Optional.of(Values.node(Setting.NODE, written.get(Setting.NODE)))
            : Optional.empty(),
        Values.limit(Setting.MAX_LAG, written.getOrDefault(Setting.MAX_LAG, usual)),
        flag(Setting.QUIET_NODE));
  }

  private Optional<RepositoryAddress> repository() throws RunException {
    Located repo = written.get(Setting.REPO);
    if (repo == null) {
      return Optional.empty();
    }
    StoreUrl url = Values.url(Setting.REPO.key(), repo, surroundings.home());
    Map<String, Located> own = new StoreSection(
            Map.copyOf(store), fileRepo, StoreProviders.settingNames())
        .of(url, repo.origin());
    store.clear();
    store.putAll(own);
    return Optional.of(RepositoryAddress.of(Setting.REPO.key(), repo, url, own));
  }

  /** What is set for the stores, by the names that the file has for it. */
  private Map<String, Located> stores() {
    Map<String, Located> all = new LinkedHashMap<>();
    store.forEach((name, value) -> all.put("store." + name, value));
    targetStore.forEach((name, value) -> all.put("to-store." + name, value));
    return all;
  }

  private Optional<Path> path(Setting setting) throws RunException {
    return written.containsKey(setting)
        ? Optional.of(Values.path(setting, written.get(setting)))
        : Optional.empty();
  }

  private boolean flag(Setting setting) throws RunException {
    return written.containsKey(setting) && Values.flag(setting, written.get(setting));
  }

  private long bytes(Setting setting) throws RunException {
    return Values.bytes(setting, writtenOrUsual(setting));
  }

  private Located writtenOrUsual(Setting setting) {
    return written.getOrDefault(setting, new Located(setting.defaultText(), new Origin.Default()));
  }

  private TransferSettings transfer() throws RunException {
    Located within = written.get(Setting.FINISH_WITHIN);
    return new TransferSettings(
        rate(Setting.LIMIT_UPLOAD),
        rate(Setting.LIMIT_DOWNLOAD),
        within == null
            ? Optional.empty()
            : Optional.of(Values.duration(Setting.FINISH_WITHIN, within)));
  }

  private OptionalLong rate(Setting setting) throws RunException {
    return written.containsKey(setting)
        ? OptionalLong.of(Values.rate(setting, written.get(setting)))
        : OptionalLong.empty();
  }

  /** systemd names several folders with colons between them; the first is meant. */
  private Located state() {
    Map<String, String> environment = surroundings.environment();
    String systemd = environment.getOrDefault(SYSTEMD_STATE, "").split(":", 2)[0];
    String user = environment.getOrDefault(USER_STATE, "");
    Located state = written.get(Setting.STATE);
    if (state == null && !systemd.isEmpty()) {
      state = new Located(systemd, new Origin.InEnvironment(SYSTEMD_STATE));
    }
    if (state == null && !user.isEmpty()) {
      state = new Located(user + "/coldstream", new Origin.InEnvironment(USER_STATE));
    }
    if (state == null) {
      Path usual = surroundings.home().resolve(".local/state/coldstream");
      state = new Located(usual.toString(), new Origin.Default());
    }
    return state;
  }
}
