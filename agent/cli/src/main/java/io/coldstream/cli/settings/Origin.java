package io.coldstream.cli.settings;

import java.nio.file.Path;

/** The place where a value was set. */
public sealed interface Origin {

  /** Nowhere: the default holds. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /**
   * In the configuration file.
   *
   * @param file which
   * @param line from 1
   */
  record InFile(Path file, int line) implements Origin {
    @Override
    public String toString() {
      return file + " line " + line;
    }
  }

  /**
   * In the environment.
   *
   * @param variable its name
   */
  record InEnvironment(String variable) implements Origin {
    @Override
    public String toString() {
      return "environment " + variable;
    }
  }

  /**
   * On the command line.
   *
   * @param option with its dashes
   */
  record InOption(String option) implements Origin {
    @Override
    public String toString() {
      return "option " + option;
    }
  }

  /**
   * In the query of the repository's URL.
   *
   * @param url where the URL was set
   */
  record InQuery(Origin url) implements Origin {
    @Override
    public String toString() {
      return "query of the URL (" + url + ")";
    }
  }
}
