package io.coldstream.core.verify.history;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How closely a verification looks. */
public enum Depth {
  /** Every object is there with the right length; of their bytes only checkpoints are read. */
  @JsonProperty("structure")
  STRUCTURE,
  /** The next share of the objects is read too. */
  @JsonProperty("sample")
  SAMPLE,
  /** Every byte is read, and compared with every digest that is known of it. */
  @JsonProperty("data")
  DATA
}
