package io.coldstream.store.testkit;

/**
 * What every adapter that speaks HTTP must do where a server never comes to an end. A test class
 * implements this and words the provider's answers.
 */
public interface OddServerContract extends EndlessListingContract, DrippingServerContract {}
