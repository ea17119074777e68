package io.coldstream.core.drill;

import io.coldstream.core.support.events.Step;
import java.time.Duration;

/**
 * How long a step took.
 *
 * @param step which
 * @param took how long
 */
public record StepTime(Step step, Duration took) {}
